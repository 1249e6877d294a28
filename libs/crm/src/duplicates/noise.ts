/**
 * A key that more records share than this tells nothing of any two of them: the number of a switchboard, `info@…`, a common name. It is
 * reported as noise and makes no cluster. 50 is what one merge may take at most, so what is listed can also be merged; and a page of
 * clusters never looks at more than 50 times as many records.
 */
export const MOST_IN_CLUSTER = 50;
