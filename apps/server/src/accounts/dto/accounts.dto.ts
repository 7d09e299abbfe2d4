import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString, Length, Matches } from 'class-validator';

/** Shortest password that is taken; the demo accounts alone have a shorter one. */
export const shortestPassword = 8;

export class CreateAccountDto {
  @ApiProperty({ example: 'xf_clerk', type: String })
  @Matches(/^[A-Za-z0-9_.@-]{1,64}$/, { message: '账号由 1 至 64 个字母、数字或 _ . @ - 组成' })
  id!: string;

  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 100, { message: '请填写名称（100 字以内）' })
  name!: string;

  @ApiProperty({ type: [String], example: ['xf_clerk'] })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  roles!: string[];

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Unit id of organization.json' })
  @IsOptional()
  @IsString()
  unit?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'Ids of posts of organization.json' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  posts?: string[];

  @ApiProperty({ type: String, minLength: shortestPassword })
  @IsString()
  @Length(shortestPassword, 1000, { message: `密码至少 ${shortestPassword} 位` })
  password!: string;
}

export class ChangeAccountDto {
  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @Length(1, 100, { message: '请填写名称（100 字以内）' })
  name?: string;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  roles?: string[];

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  unit?: string | null;

  @ApiPropertyOptional({ type: [String], description: 'Ids of posts of organization.json' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  posts?: string[];

  @ApiPropertyOptional({ type: String, minLength: shortestPassword })
  @IsOptional()
  @IsString()
  @Length(shortestPassword, 1000, { message: `密码至少 ${shortestPassword} 位` })
  password?: string;
}

export class NamedDto {
  @ApiProperty({ type: String })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class AccountDto {
  @ApiProperty({ type: String })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: NamedDto, nullable: true })
  unit!: NamedDto | null;

  @ApiProperty({ type: [NamedDto] })
  roles!: NamedDto[];

  @ApiProperty({ type: [NamedDto] })
  posts!: NamedDto[];

  @ApiProperty({ type: Boolean })
  disabled!: boolean;
}
