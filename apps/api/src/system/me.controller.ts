import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ACTIONS_ON,
  PRODUCT_ACTIONS,
  Principal,
  RIGHTS,
  SignedIn,
  SUBJECT_TYPES,
  type SubjectType,
  scopeOf,
} from '#access';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { Route } from '../http/route.js';

/** Who is calling. */
@ApiTags('users')
@Controller('v1/me')
export class MeController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('GET', '', {
    summary: 'Tells who you are and what you may do',
    access: SignedIn('Everybody may know who they are.'),
    answer: {
      description: 'You.',
      schema: 'Me',
      example: {
        id: EXAMPLE_ID,
        name: 'Lê Thu',
        email: 'thu@example.vn',
        locale: 'vi',
        roles: ['salesperson'],
        teams: [{ id: EXAMPLE_ID, name: 'Miền Nam' }],
        rights: { records: { lead: { read: 'team', edit: 'own' } }, product: [] },
      },
    },
  })
  me(@Principal() { userId, roles, teamIds }: Principal): object {
    const { people } = this.ledger;
    const { name, email, locale } = people.user(userId) ?? {};
    const teams = teamIds.map((id) => ({ id, name: people.directory.team(id)?.name }));
    const rightsOn = (type: SubjectType) =>
      Object.fromEntries(ACTIONS_ON[type].map((action) => [action, scopeOf(roles, action, type)]));
    const records = Object.fromEntries(SUBJECT_TYPES.map((type) => [type, rightsOn(type)]));
    const product = PRODUCT_ACTIONS.filter((action) =>
      roles.some((role) => RIGHTS[role].product.includes(action)),
    );
    return {
      ...{ id: userId, name, email, locale, roles, teams },
      rights: { records, product },
    };
  }
}
