/** What a list of evidence is about: the effect on the number, one of its terms, or one step of its bridge. */
export type ExplainPart = 'effect' | 'closing' | 'opening' | 'kept' | 'expanded' | 'contracted' | 'lost' | 'movements'
