import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsMilliseconds, type Variables, WithReason, WithTenant, WithVariables } from './shared.dto.js';

class StartInstructionDto {
  @ApiProperty({ type: String, description: 'An element that can begin on its own, or a start event as the only one' })
  @IsString()
  @Length(1, 300)
  elementId!: string;
}

export class CreateProcessInstanceDto extends WithVariables {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  processDefinitionId?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  processDefinitionKey?: string;

  @ApiPropertyOptional({ type: Number, default: -1, description: '-1: the latest' })
  @IsOptional()
  @IsInt()
  processDefinitionVersion?: number;

  @ApiPropertyOptional({ type: Number, nullable: true, description: "A number of the client's own" })
  @IsOptional()
  @IsInt()
  @Min(1)
  operationReference?: number | null;

  @ApiPropertyOptional({ type: [StartInstructionDto], description: 'Where to begin; empty: at the none start event' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => StartInstructionDto)
  startInstructions?: StartInstructionDto[];

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @IsBoolean()
  awaitCompletion?: boolean;

  @ApiPropertyOptional({ type: [String], description: 'With awaitCompletion: names of variables; empty: all' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  fetchVariables?: string[];

  @ApiPropertyOptional({ type: Number, default: 0, description: 'With awaitCompletion: milliseconds; 0: 10 s' })
  @IsOptional()
  @IsInt()
  @Min(0)
  requestTimeout?: number;

  @ApiPropertyOptional({ type: [String], description: 'None: instances have no tags here' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(0, { message: 'expected no tags: instances have none here' })
  tags?: string[];

  @ApiPropertyOptional({ type: [Object], description: 'None: an alpha feature of Camunda 8 that is not served' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(0, { message: 'expected no runtime instructions: they are not served here' })
  runtimeInstructions?: object[];
}

export class CompleteUserTaskDto extends WithVariables {
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  action?: string | null;
}

export class AssignUserTaskDto {
  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 200)
  assignee!: string;

  @ApiPropertyOptional({ type: Boolean, nullable: true, default: true })
  @IsOptional()
  @IsBoolean()
  allowOverride?: boolean | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  action?: string | null;
}

export class UpdateUserTaskDto {
  @ApiPropertyOptional({
    type: Object,
    description: 'candidateGroups, candidateUsers, dueDate, followUpDate, priority; an empty text removes a date',
  })
  @IsOptional()
  @IsObject()
  changeset?: Variables;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  action?: string | null;
}

class AdHocElementDto extends WithVariables {
  @ApiProperty({ type: String, description: 'An element inside that no sequence flow leads to' })
  @IsString()
  @Length(1, 300)
  elementId!: string;
}

export class AdHocActivationDto extends WithReason {
  @ApiProperty({ type: [AdHocElementDto] })
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => AdHocElementDto)
  elements!: AdHocElementDto[];

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Ends what runs in it first' })
  @IsOptional()
  @IsBoolean()
  cancelRemainingInstances?: boolean;
}

export class MessageDto extends WithVariables {
  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 300)
  name!: string;

  @ApiPropertyOptional({ type: String, default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  correlationKey?: string;

  @ApiPropertyOptional({ type: Number, default: 0, description: 'Milliseconds' })
  @IsOptional()
  @IsMilliseconds(0)
  timeToLive?: number;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  @MaxLength(300)
  messageId?: string;
}

export class SignalDto extends WithVariables {
  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 300)
  signalName!: string;
}

export class ConditionalEvaluationDto extends WithTenant {
  @ApiProperty({ type: Object, description: 'What the conditions are asked of; the instances begin with them' })
  @IsObject()
  variables!: Variables;

  @ApiPropertyOptional({ type: String, description: 'Only the start events of this definition' })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  processDefinitionKey?: string;
}

export class EvaluateDecisionDto extends WithVariables {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  decisionDefinitionId?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  decisionDefinitionKey?: string;
}

export class SetVariablesDto extends WithReason {
  @ApiProperty({ type: Object })
  @IsObject()
  variables!: Variables;

  @ApiPropertyOptional({ type: Boolean, default: false })
  @IsOptional()
  @IsBoolean()
  local?: boolean;
}

/** 9999-12-31, epoch ms: the last day that ISO 8601 writes with four digits, seen from any zone. */
const latestTime = 253_402_214_400_000;

export class PinClockDto {
  @ApiProperty({ type: Number, description: 'Epoch milliseconds' })
  @IsInt()
  @Min(0)
  @Max(latestTime)
  timestamp!: number;
}
