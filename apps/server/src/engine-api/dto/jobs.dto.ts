import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  IsMilliseconds,
  mostRetries,
  onlyTenant,
  theTenant,
  type Variables,
  WithReference,
  WithVariables,
} from './shared.dto.js';

export class ActivateJobsDto {
  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 300)
  type!: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  worker?: string;

  @ApiProperty({ type: Number, description: 'Milliseconds' })
  @IsMilliseconds(1)
  timeout!: number;

  @ApiProperty({ type: Number })
  @IsInt()
  @Min(1)
  @Max(1000)
  maxJobsToActivate!: number;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  fetchVariable?: string[];

  @ApiPropertyOptional({ type: Number, default: 0, description: 'Milliseconds; 0: the default, below 0: no waiting' })
  @IsOptional()
  @IsNumber()
  requestTimeout?: number;

  @ApiPropertyOptional({ type: [String], description: 'There is one tenant' })
  @IsOptional()
  @IsArray()
  @IsIn([theTenant], { each: true, ...onlyTenant })
  tenantIds?: string[];
}

class OnJob extends WithVariables {
  @ApiPropertyOptional({
    type: Number,
    description: 'As the activation gave it: refused with 409 where the job was given to another worker meanwhile',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  lease?: number;
}

export class CompleteJobDto extends OnJob {
  @ApiPropertyOptional({
    type: Object,
    nullable: true,
    description:
      'With type userTask, of a task listener: denied, deniedReason, corrections (assignee, dueDate, candidateGroups, ...). With type adHocSubProcess: activateElements (elementId, variables), isCompletionConditionFulfilled, isCancelRemainingInstances',
  })
  @IsOptional()
  @IsObject()
  result?: Variables | null;
}

export class FailJobDto extends OnJob {
  @ApiPropertyOptional({ type: Number, default: 0 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(mostRetries)
  retries?: number;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  errorMessage?: string;

  @ApiPropertyOptional({ type: Number, default: 0, description: 'Milliseconds' })
  @IsOptional()
  @IsMilliseconds(0)
  retryBackOff?: number;
}

export class ThrowJobErrorDto extends OnJob {
  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 300)
  errorCode!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  errorMessage?: string | null;
}

export class UpdateJobDto extends WithReference {
  @ApiProperty({ type: Object, description: 'retries, timeout (milliseconds)' })
  @IsObject()
  changeset!: Variables;
}
