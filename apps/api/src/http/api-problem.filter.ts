import { type ArgumentsHost, Catch } from '@nestjs/common';
import { Refusal } from '#crm';
import { HttpProblem, ProblemFilter } from '#platform';
import { InvalidQuery, UnknownReadModel } from '#read-side';

/** Answers errors as problems; those of queries too, which the room of answers does not know. */
@Catch()
export class ApiProblemFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    super.catch(asAnswerable(error), host);
  }
}

function asAnswerable(error: unknown): unknown {
  if (error instanceof InvalidQuery) {
    const { path, why } = error;
    return new Refusal('invalid', 'invalid_query', 'The query cannot be asked so.', {
      errors: [
        { path, code: 'invalid_query', message: `${why[0]?.toUpperCase()}${why.slice(1)}.` },
      ],
    });
  }
  if (error instanceof UnknownReadModel) {
    const detail = 'The lists are kept by another process, which has not built them yet.';
    return new HttpProblem(503, 'read_model_missing', detail, { headers: { 'retry-after': '5' } });
  }
  if (isAboutPrototypes(error)) {
    return new Refusal('invalid', 'forbidden_member', 'No member may be called so.', {
      errors: [
        { path: 'body', code: 'forbidden_member', message: 'Leave __proto__ and constructor out.' },
      ],
    });
  }
  return error;
}

/** What Fastify's parser says of `__proto__` and `constructor.prototype`, as Nest wraps it or not. */
function isAboutPrototypes(error: unknown): boolean {
  const message = (one: unknown) => (one instanceof Error ? one.message : '');
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((one) => message(one).includes('forbidden prototype property'));
}
