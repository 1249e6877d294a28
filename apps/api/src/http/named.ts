import type { Type } from '@nestjs/common';

/** A class made for one record type, under a name of its own: the API description tells operations apart by it. */
export function named(controller: Type, name: string): Type {
  Object.defineProperty(controller, 'name', { value: name });
  return controller;
}
