import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional, Min } from 'class-validator';

export type Variables = Record<string, unknown>;

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
