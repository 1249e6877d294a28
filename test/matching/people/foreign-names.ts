import type { Gender } from '../../../apps/cli/src/demo/vietnamese.js';

/** Common names of countries that trade with Vietnam, and what those who bear them are called by friends. */
export const FOREIGN_NAMES: {
  readonly family: readonly string[];
  readonly given: Readonly<Record<Gender, readonly (readonly [name: string, nickname?: string])[]>>;
} = {
  family: [
    ...['Smith', 'Johnson', 'Brown', 'Miller', 'Davis', 'Wilson', 'Müller', 'Schmidt', 'Weiß'],
    ...['Dupont', 'Lefèvre', 'García', 'Rossi', 'Jansen', 'O’Brien', 'Tanaka', 'Suzuki', 'Satō'],
    ...['Kim', 'Park', 'Lee', 'Choi', 'Wang', 'Chen', 'Lim', 'Ivanov', 'Nowak', 'Søndergaard'],
  ],
  given: {
    female: [
      ['Elizabeth', 'Liz'],
      ['Katherine', 'Kate'],
      ['Margaret', 'Maggie'],
      ['Jennifer', 'Jenny'],
      ['Susanne', 'Susi'],
      ['Françoise'],
      ['Anna'],
      ['Maria'],
      ['Yuki'],
      ['Ji-woo'],
      ['Mei Ling'],
      ['Inês'],
    ],
    male: [
      ['William', 'Bill'],
      ['Robert', 'Bob'],
      ['Michael', 'Mike'],
      ['Thomas', 'Tom'],
      ['Andreas', 'Andi'],
      ['José', 'Pepe'],
      ['François'],
      ['Jürgen'],
      ['Kenji'],
      ['Min-jun'],
      ['Wei'],
      ['Dmitri', 'Dima'],
    ],
  },
};
