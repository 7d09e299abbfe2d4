import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength } from 'class-validator';

export class MailPreferenceDto {
  @ApiProperty({ type: String, description: 'One mailbox; empty where none is kept', example: 'person@example.org' })
  @IsString({ message: '请填写邮箱地址' })
  @MaxLength(254, { message: '邮箱地址太长' })
  address!: string;

  @ApiProperty({ type: Boolean, description: 'Whether notices come by e-mail too' })
  @IsBoolean()
  wanted!: boolean;
}

export class MailPreferenceViewDto extends MailPreferenceDto {
  @ApiProperty({ type: Boolean, description: 'Whether this server sends e-mail at all' })
  offered!: boolean;
}
