// Lets this process import TypeScript files, which Node 20 does not by itself. For tests' own processes.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
