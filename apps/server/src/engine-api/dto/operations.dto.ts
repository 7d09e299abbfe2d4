import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { WithReason } from './shared.dto.js';

const keyPattern = /^\d{1,18}$/;
const mostInstructions = 1000;

class MappingInstructionDto {
  @ApiProperty({ type: String, description: 'Element of the definition that the instance leaves' })
  @IsString()
  @Length(1, 300)
  sourceElementId!: string;

  @ApiProperty({ type: String, description: 'Element of the target definition that it goes on as' })
  @IsString()
  @Length(1, 300)
  targetElementId!: string;
}

export class MigrationPlanDto {
  @ApiProperty({ type: String, description: 'Key of the process definition to migrate to' })
  @Matches(keyPattern)
  targetProcessDefinitionKey!: string;

  @ApiProperty({ type: [MappingInstructionDto] })
  @IsArray()
  @ArrayMaxSize(mostInstructions)
  @ValidateNested({ each: true })
  @Type(() => MappingInstructionDto)
  mappingInstructions!: MappingInstructionDto[];
}

/** A plan and a number of the client's own. */
export class MigrationDto extends IntersectionType(MigrationPlanDto, WithReason) {}

class VariableInstructionDto {
  @ApiProperty({ type: Object })
  @IsObject()
  variables!: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, description: 'The element or a scope around it; empty: the process' })
  @IsOptional()
  @IsString()
  scopeId?: string;
}

class ActivateInstructionDto {
  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 300)
  elementId!: string;

  @ApiPropertyOptional({
    type: String,
    description: 'Scope below which all scopes are made anew; -1: the one that runs',
  })
  @IsOptional()
  @Matches(/^(-1|\d{1,18})$/)
  ancestorElementInstanceKey?: string;

  @ApiPropertyOptional({ type: [VariableInstructionDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostInstructions)
  @ValidateNested({ each: true })
  @Type(() => VariableInstructionDto)
  variableInstructions?: VariableInstructionDto[];
}

class TerminateInstructionDto {
  @ApiProperty({ type: String })
  @Matches(keyPattern)
  elementInstanceKey!: string;
}

export class ModificationDto extends WithReason {
  @ApiPropertyOptional({ type: [ActivateInstructionDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostInstructions)
  @ValidateNested({ each: true })
  @Type(() => ActivateInstructionDto)
  activateInstructions?: ActivateInstructionDto[];

  @ApiPropertyOptional({ type: [TerminateInstructionDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostInstructions)
  @ValidateNested({ each: true })
  @Type(() => TerminateInstructionDto)
  terminateInstructions?: TerminateInstructionDto[];
}

export class BatchFilterDto {
  @ApiProperty({ type: Object, description: 'Filter of the search of process instances' })
  @IsObject()
  filter!: Record<string, unknown>;
}

export class BatchModificationDto extends BatchFilterDto {
  @ApiProperty({
    type: [MappingInstructionDto],
    description: 'Each instance of the source ends, one of the target begins',
  })
  @IsArray()
  @ArrayMaxSize(mostInstructions)
  @ValidateNested({ each: true })
  @Type(() => MappingInstructionDto)
  moveInstructions!: MappingInstructionDto[];
}

export class BatchMigrationDto extends BatchFilterDto {
  @ApiProperty({ type: MigrationPlanDto })
  @IsObject()
  @ValidateNested()
  @Type(() => MigrationPlanDto)
  migrationPlan!: MigrationPlanDto;
}
