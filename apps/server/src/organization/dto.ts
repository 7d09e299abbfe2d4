import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { NamedDto } from '../accounts/dto/accounts.dto.js';

export class EnterSubstitutionDto {
  @ApiPropertyOptional({ type: String, description: 'Account that is stood in for; absent: the own one' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  account?: string;

  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 64, { message: '请选择代理人' })
  substitute!: string;

  @ApiProperty({ type: String, example: '2026-03-02', description: 'First day' })
  @IsString()
  @Length(10, 10, { message: '请填写日期，如 2026-03-02' })
  from!: string;

  @ApiProperty({ type: String, example: '2026-03-06', description: 'Last day, included' })
  @IsString()
  @Length(10, 10, { message: '请填写日期，如 2026-03-06' })
  until!: string;

  @ApiProperty({ type: String })
  @IsString()
  @Length(2, 200, { message: '请填写原因（2 至 200 字）' })
  reason!: string;
}

export class SubstitutionDto {
  @ApiProperty({ type: String })
  substitutionKey!: string;

  @ApiProperty({ type: NamedDto })
  account!: NamedDto;

  @ApiProperty({ type: NamedDto })
  substitute!: NamedDto;

  @ApiProperty({ type: String, example: '2026-03-02' })
  from!: string;

  @ApiProperty({ type: String, example: '2026-03-06' })
  until!: string;

  @ApiProperty({ type: String })
  reason!: string;

  @ApiProperty({ type: NamedDto })
  enteredBy!: NamedDto;

  @ApiProperty({ type: Boolean, description: 'Today is one of its days' })
  inForce!: boolean;

  @ApiProperty({ type: Boolean })
  canEnd!: boolean;
}

export class SubstitutionsDto {
  @ApiProperty({ type: [SubstitutionDto] })
  items!: SubstitutionDto[];

  @ApiProperty({ type: [NamedDto], description: 'Who may stand in for others' })
  eligible!: NamedDto[];

  @ApiProperty({ type: Boolean, description: 'May enter substitutions of others' })
  arrangesForOthers!: boolean;
}
