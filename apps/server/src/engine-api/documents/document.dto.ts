import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Min } from 'class-validator';

export class DocumentLinkDto {
  @ApiPropertyOptional({ type: Number, default: 3_600_000, description: 'Milliseconds; at most a week' })
  @IsOptional()
  @IsInt()
  @Min(1)
  timeToLive?: number;
}
