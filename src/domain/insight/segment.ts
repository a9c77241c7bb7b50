/** The kinds of customers that answers are compared by: coarse enough that a company has many of most of them. */
import { BUSINESS_TYPES, isGovernment, type BusinessType } from '../vocabulary.ts';

export const SEGMENTS = ['government', 'company', 'person', 'abroad', 'unknown'] as const;
export type Segment = (typeof SEGMENTS)[number];

function segmentOf(type: BusinessType | null): Segment {
  if (type === null) return 'unknown';
  if (isGovernment(type)) return 'government';
  if (type === 'INDIVIDUAL' || type === 'FREELANCE') return 'person';
  return type === 'FOREIGN' ? 'abroad' : 'company';
}

/** Business types of a segment, for statements that sort rows into them; `unknown` has none. */
export const typesOfSegment = (segment: Segment): readonly BusinessType[] => BUSINESS_TYPES.filter((type) => segmentOf(type) === segment);
