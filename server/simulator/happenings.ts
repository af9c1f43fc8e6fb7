/** What happens in the city: how often, in which kinds of places, and what it carries. Shares are invented, in London's proportions. */
import type { Category, Marker } from '../../shared/category.ts';
import type { PlaceKind } from './street-life.ts';

export interface Happening {
  category: Category;
  /** How often, relative to the others. */
  share: number;
  places: Partial<Record<PlaceKind, number>>;
  /** Chance of each marker. */
  markers: Partial<Record<Marker, number>>;
  severity: number;
  /** Chance that it repeats one before it, close in space and time. */
  repeats: number;
  /** Whether it is found when somebody comes back: then it has a beginning and an end. */
  unseen?: boolean;
}

export const HAPPENINGS: readonly Happening[] = [
  {
    category: 'anti-social-behaviour',
    share: 13,
    places: { centre: 2, 'high-street': 2.5, estate: 2.5, 'night-life': 1.5, home: 4, station: 0.5 },
    markers: { youth: 0.22, alcohol: 0.18, hate: 0.01 },
    severity: 2,
    repeats: 0.35,
  },
  {
    category: 'anti-social-behaviour', // noise and neighbours
    share: 6,
    places: { home: 4, estate: 1.5 },
    markers: { alcohol: 0.05 },
    severity: 1,
    repeats: 0.45,
  },
  {
    category: 'burglary',
    share: 4,
    places: { home: 4, estate: 1 },
    markers: {},
    severity: 3,
    repeats: 0.4,
    unseen: true,
  },
  {
    category: 'burglary', // of shops and offices
    share: 1.5,
    places: { 'high-street': 3, centre: 2 },
    markers: {},
    severity: 2,
    repeats: 0.3,
    unseen: true,
  },
  {
    category: 'robbery',
    share: 3,
    places: { 'high-street': 3, 'night-life': 2, estate: 2, station: 1.5, centre: 1, home: 2 },
    markers: { knife: 0.22, firearm: 0.02, youth: 0.15 },
    severity: 4,
    repeats: 0.3,
  },
  {
    category: 'theft-from-person',
    share: 6,
    places: { 'night-life': 4, station: 2, centre: 4, 'high-street': 1 },
    markers: {},
    severity: 2,
    repeats: 0.25,
  },
  {
    category: 'vehicle-crime',
    share: 9,
    places: { home: 7, estate: 2, 'high-street': 1 },
    markers: {},
    severity: 2,
    repeats: 0.3,
    unseen: true,
  },
  {
    category: 'bicycle-theft',
    share: 2,
    places: { station: 3, centre: 2, home: 2, 'night-life': 1 },
    markers: {},
    severity: 1,
    repeats: 0.25,
    unseen: true,
  },
  {
    category: 'shoplifting',
    share: 6,
    places: { centre: 6, 'high-street': 3 },
    markers: { youth: 0.08 },
    severity: 1,
    repeats: 0.5,
  },
  {
    category: 'other-theft',
    share: 7,
    places: { centre: 3, 'night-life': 3, 'high-street': 2.5, home: 4, station: 0.7 },
    markers: {},
    severity: 2,
    repeats: 0.15,
  },
  {
    category: 'criminal-damage-arson',
    share: 5,
    places: { home: 5, estate: 2.5, 'high-street': 2, centre: 1 },
    markers: { youth: 0.12 },
    severity: 2,
    repeats: 0.3,
  },
  {
    category: 'violence',
    share: 8,
    places: { 'night-life': 4, 'high-street': 3, centre: 2, estate: 2, station: 0.7, home: 3 },
    markers: { alcohol: 0.3, knife: 0.05, firearm: 0.006, youth: 0.1 },
    severity: 3,
    repeats: 0.25,
  },
  {
    category: 'violence', // at home
    share: 6,
    places: { home: 6, estate: 2.5 },
    markers: { domestic: 1, vawg: 0.7, alcohol: 0.2 },
    severity: 4,
    repeats: 0.3,
  },
  {
    category: 'violence', // with a knife, among the young
    share: 0.9,
    places: { estate: 4, 'high-street': 2, station: 0.5, 'night-life': 0.5 },
    markers: { knife: 1, youth: 0.4 },
    severity: 5,
    repeats: 0.4,
  },
  {
    category: 'sexual-offences',
    share: 1.8,
    places: { home: 3, 'night-life': 3, station: 0.7, 'high-street': 1 },
    markers: { vawg: 0.85, alcohol: 0.15 },
    severity: 4,
    repeats: 0.1,
  },
  {
    category: 'possession-of-weapons',
    share: 0.9,
    places: { 'high-street': 2, estate: 2, station: 1.5 },
    markers: { knife: 0.75, firearm: 0.1, youth: 0.2 },
    severity: 3,
    repeats: 0.2,
  },
  {
    category: 'drugs',
    share: 3.5,
    places: { estate: 2.5, 'night-life': 2, station: 1, 'high-street': 1.5, home: 1.5 },
    markers: { youth: 0.1 },
    severity: 2,
    repeats: 0.3,
  },
  {
    category: 'public-order',
    share: 4.5,
    places: { centre: 3, 'high-street': 2, 'night-life': 3, station: 0.7, home: 2 },
    markers: { hate: 0.15, alcohol: 0.2 },
    severity: 2,
    repeats: 0.2,
  },
  {
    category: 'other',
    share: 2,
    places: { home: 3, 'high-street': 1, centre: 1, estate: 1 },
    markers: {},
    severity: 2,
    repeats: 0.1,
  },
];
