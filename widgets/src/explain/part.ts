/**
 * What a list of evidence is about: the effect on the number, one of its terms, or one step of its bridge; where the evidence is
 * movements, those of the number (of its numerator) or of its denominator.
 */
export type ExplainPart =
  | 'effect'
  | 'closing'
  | 'opening'
  | 'kept'
  | 'expanded'
  | 'contracted'
  | 'lost'
  | 'movements'
  | 'denominator'
