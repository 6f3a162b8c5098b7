/** What the help says to a role. */
export interface HelpPage {
  lead: string
  sections: readonly HelpSection[]
}

/** One thing that the role does. */
export interface HelpSection {
  /** Stands in the address, behind the #. */
  id: string
  title: string
  /** The page where it is done. */
  to?: string
  text: readonly string[]
  /** What to do, one after the other. */
  steps?: readonly string[]
  /** A file of ./pictures without its ending, made by `npm run screens -- help`, and what is seen in it. */
  picture?: { name: string; words: string }
}
