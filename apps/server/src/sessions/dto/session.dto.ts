import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { NamedDto, shortestPassword } from '../../accounts/dto/accounts.dto.js';

export class LoginDto {
  @ApiProperty({ type: String, example: 'xf_clerk' })
  @IsString({ message: '请填写账号' })
  @Length(1, 64, { message: '请填写账号' })
  username!: string;

  @ApiProperty({ type: String })
  @IsString({ message: '请填写密码' })
  @Length(1, 1000, { message: '请填写密码' })
  password!: string;
}

export class ChangePasswordDto {
  @ApiProperty({ type: String })
  @IsString()
  @MaxLength(1000)
  current!: string;

  @ApiProperty({ type: String, minLength: shortestPassword })
  @IsString()
  @Length(shortestPassword, 1000, { message: `新密码至少 ${shortestPassword} 位` })
  next!: string;
}

export class UserDto {
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

  @ApiProperty({ type: [NamedDto], description: 'Whose tasks the account may do today' })
  standsInFor!: NamedDto[];

  @ApiProperty({ type: [String] })
  permissions!: string[];

  @ApiProperty({
    type: Boolean,
    description: 'Somebody else set the password: everything else is refused until it is changed',
  })
  mustChangePassword!: boolean;
}

export class SessionDto {
  @ApiProperty({ type: UserDto, nullable: true })
  user!: UserDto | null;

  @ApiProperty({ type: String, nullable: true, description: 'Value of the header X-CSRF-Token for unsafe methods' })
  csrfToken!: string | null;
}
