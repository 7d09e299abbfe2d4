import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Min,
} from 'class-validator';

const MAX_TEXT = 2000;
const MAX_PEOPLE = 20;
const PERSON = /^[\w.@-]{1,100}$/;

/** Why something is done; sealed, seen by whoever may see opinions. */
export class TaskReasonDto {
  @ApiProperty({ type: String, minLength: 2, maxLength: 500 })
  @IsString()
  @Length(2, 500)
  reason!: string;
}

export class HandOverDto extends TaskReasonDto {
  @ApiProperty({ type: String, description: 'Account id, of those offered' })
  @Matches(PERSON)
  to!: string;
}

export class SignersDto extends TaskReasonDto {
  @ApiProperty({ enum: ['before', 'after'], description: 'Before it is completed, or before that takes effect' })
  @IsIn(['before', 'after'])
  when!: 'before' | 'after';

  @ApiProperty({ type: [String], description: 'Account ids, in the order in which they sign' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PEOPLE)
  @ArrayUnique()
  @Matches(PERSON, { each: true })
  accounts!: string[];
}

export class TurnOutcomeDto {
  @ApiProperty({ enum: ['done', 'agreed', 'disagreed'], description: '`done` of a delegate; who signs agrees or not' })
  @IsIn(['done', 'agreed', 'disagreed'])
  outcome!: 'done' | 'agreed' | 'disagreed';

  @ApiPropertyOptional({ type: String, maxLength: MAX_TEXT, description: 'Needed with a disagreement' })
  @IsOptional()
  @IsString()
  @Length(0, MAX_TEXT)
  comment?: string;
}

export class ReturnDto extends TaskReasonDto {
  @ApiProperty({ type: String, description: 'Of the list of targets' })
  @Matches(/^\d{1,19}$/)
  target!: string;

  @ApiPropertyOptional({ type: Number, description: 'Revision of that list; another one by now is a conflict' })
  @IsOptional()
  @IsInt()
  @Min(0)
  revision?: number;
}

export class TaskCommentDto {
  @ApiPropertyOptional({ type: String, maxLength: MAX_TEXT })
  @IsOptional()
  @IsString()
  @Length(0, MAX_TEXT)
  comment?: string;
}

export class CopiesDto extends TaskCommentDto {
  @ApiProperty({ type: [String], description: 'Account ids, of those offered' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PEOPLE)
  @ArrayUnique()
  @Matches(PERSON, { each: true })
  accounts!: string[];
}

export class TaskTextDto {
  @ApiProperty({ type: String, minLength: 1, maxLength: MAX_TEXT })
  @IsString()
  @Length(1, MAX_TEXT)
  text!: string;
}

export class TaskAttachmentDto {
  @ApiProperty({ type: String, description: 'Of a file that the same account has uploaded' })
  @IsUUID()
  attachmentId!: string;
}

export class PeopleQuery {
  @ApiPropertyOptional({ type: String, description: 'Part of name, account or unit' })
  @IsOptional()
  @IsString()
  @Length(0, 60)
  q?: string;
}

export class CopiesQuery {
  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @Matches(/^\d{1,19}$/)
  cursor?: string;
}

export class ReadCopiesDto {
  @ApiProperty({ type: [String], description: 'Keys of copies that were looked at' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Matches(/^\d{1,19}$/, { each: true })
  copyKeys!: string[];
}
