/** What keeps a chain going, and what to do when it is broken: the same suites run on real OpenZFS in test/openzfs/. */
import { appendOnlySuite } from '../kit/append-only-suite.ts';
import { conflictSuite } from '../kit/conflict-suite.ts';
import { keepingSuite } from '../kit/keeping-suite.ts';
import { roomSuite } from '../kit/room-suite.ts';
import { runSuites } from '../kit/run-suites.ts';
import { servedSimulatorTestBed } from '../kit/testbed-simulator.ts';

const suites = { keeping: keepingSuite, room: roomSuite, conflicts: conflictSuite, 'append-only': appendOnlySuite };
await runSuites(servedSimulatorTestBed, suites, 900_000);
