import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export type Variables = Record<string, unknown>;

/** A thousand years: what comes so long after now, pinned or not, is still a time that dates can write. */
export const longestMs = 1000 * 366 * 86_400_000;
/** PostgreSQL holds no larger one as `integer`. */
export const mostRetries = 2 ** 31 - 1;

/** A duration in whole milliseconds, `from` to a thousand years. */
export const IsMilliseconds = (from: number): PropertyDecorator => applyDecorators(IsInt(), Min(from), Max(longestMs));

/** There is one tenant. */
export const theTenant = '<default>';
export const onlyTenant = { message: `expected ${theTenant}, the only tenant, but found $value` };

export class WithTenant {
  @ApiPropertyOptional({ type: String, default: theTenant })
  @IsOptional()
  @IsIn([theTenant], onlyTenant)
  tenantId?: string;
}

export class WithVariables extends WithTenant {
  @ApiPropertyOptional({ type: Object, nullable: true })
  @IsOptional()
  @IsObject()
  variables?: Variables | null;
}

export class WithReference {
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: "A number from 1 of the client's own; nothing here depends on it",
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  operationReference?: number | null;
}

/** What may be an intervention in a case. */
export class WithReason extends WithReference {
  @ApiPropertyOptional({
    type: String,
    maxLength: 500,
    description: 'Ours: why. Asked for where the instance belongs to a case; it is done once a second person approves',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}
