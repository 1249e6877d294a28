import type { Refusal } from '#crm';
import { answerTo, type Problem } from '#platform';

/** What stands in the way of something, as a preview tells it: what a command would be refused with. */
export type ToldObstacle = Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>;

/** Refusals as previews tell them. */
export function toldObstacles(obstacles: readonly Refusal[]): readonly ToldObstacle[] {
  return obstacles.map((refusal) => {
    const { type: _type, title: _title, ...told } = answerTo(refusal).problem;
    return told;
  });
}
