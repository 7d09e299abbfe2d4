import type { EvaluationContext, FeelFunction } from '#feel';
import { dayOf } from './day-of.js';
import { fieldOf, portfolioOf, unitsBelow } from './organization.js';
import type { OrganizationFile, PortfoliosFile } from './settings.js';

interface Sources {
  readonly organization: OrganizationFile;
  readonly portfolios: PortfoliosFile;
}

/**
 * What expressions may ask of the organization. `portfolio post(field)` and `deputy post(field)` give the id of the post
 * that is in charge today, `portfolio group(field, role)` and `deputy group(field, role)` the candidates: that post, or the role where there is none;
 * `portfolio field(category, unit)` the field; `posts with(role, unit)` the ids of the posts with a role in a unit (null:
 * in any); `unit name(id)`, `parent unit(id)`, `sub units(id)`. Null for what is not there.
 */
export function organizationFunctions({ organization, portfolios }: Sources): Readonly<Record<string, FeelFunction>> {
  const { units, posts = [] } = organization;
  const unitOf = (id: unknown) => units.find((unit) => unit.id === id);
  const inCharge = (field: unknown, context: EvaluationContext) =>
    typeof field === 'string' ? portfolioOf(portfolios, field, dayOf(context)) : undefined;
  return {
    'unit name': { parameters: ['id'], invoke: ([id]) => unitOf(id)?.name ?? null },
    'parent unit': { parameters: ['unit'], invoke: ([unit]) => unitOf(unit)?.parent ?? null },
    'sub units': {
      parameters: ['unit'],
      invoke: ([unit]) => (typeof unit === 'string' && unitOf(unit) ? [...unitsBelow(organization, unit)] : null),
    },
    'posts with': {
      parameters: ['role', 'unit'],
      invoke: ([role, unit]) =>
        posts
          .filter((post) => post.roles.some((one) => one === role) && (unit === null || post.unit === unit))
          .map(({ id }) => id),
    },
    'portfolio post': {
      parameters: ['field'],
      invoke: ([field], context) => inCharge(field, context)?.post ?? null,
    },
    'portfolio group': {
      parameters: ['field', 'role'],
      invoke: ([field, role], context) => {
        const post = inCharge(field, context)?.post;
        return post === undefined ? (role ?? null) : `post:${post}`;
      },
    },
    'deputy post': {
      parameters: ['field'],
      invoke: ([field], context) => inCharge(field, context)?.deputy ?? null,
    },
    'deputy group': {
      parameters: ['field', 'role'],
      invoke: ([field, role], context) => {
        const post = inCharge(field, context)?.deputy;
        return post === undefined ? (role ?? null) : `post:${post}`;
      },
    },
    'portfolio field': {
      parameters: ['category', 'unit'],
      invoke: ([category, unit], context) => fieldOf(portfolios, { category, unit }, dayOf(context)) ?? null,
    },
  };
}
