import { type INestApplication, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, type Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from './access.js';

/** A route of the house, as its decorators say it. */
export interface Route {
  method: string;
  path: string;
  controller: string;
  handler: string;
  rule: AccessRule;
}

/** Every route with its rule. The authorisation matrix of the tests is made from this. */
export function routeTable(app: INestApplication, reflector: Reflector): Route[] {
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype, instance }) => {
    if (!metatype || !instance) return [];
    const prototype = Object.getPrototypeOf(instance) as object;
    return scanner.getAllMethodNames(prototype).flatMap((handler) => {
      const method = (prototype as Record<string, unknown>)[handler] as () => unknown;
      const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
      if (verb === undefined) return [];
      const rule = reflector.get<AccessRule | undefined>(ACCESS_RULE, method);
      if (!rule)
        throw new Error(
          `${metatype.name}.${handler} has no access rule: add @Public, @AnyPerson, @Administrator or @Allow.`,
        );
      return joinedPaths(metatype, method).map((path) => ({
        method: RequestMethod[verb],
        path,
        controller: metatype.name,
        handler,
        rule,
      }));
    });
  });
}

/** Stops the boot when a route has no access rule. */
export const requireAccessRules = (app: INestApplication, reflector: Reflector): void =>
  void routeTable(app, reflector);

function joinedPaths(controller: object, method: object): string[] {
  const list = (target: object) => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
  return list(controller).flatMap((base) =>
    list(method).map((path) => `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')),
  );
}
