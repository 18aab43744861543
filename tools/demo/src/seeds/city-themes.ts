import { advancedManufacturing } from './themes/advanced-manufacturing.ts';
import { cultureTechnology } from './themes/culture-technology.ts';
import { ecology } from './themes/ecology.ts';
import { education } from './themes/education.ts';
import { elderlyChildcare } from './themes/elderly-childcare.ts';
import { futureIndustries } from './themes/future-industries.ts';
import { governmentServices } from './themes/government-services.ts';
import { healthcare } from './themes/healthcare.ts';
import { lowAltitudeEconomy } from './themes/low-altitude-economy.ts';
import { majorEventsProjects } from './themes/major-events-projects.ts';
import { modernAgriculture } from './themes/modern-agriculture.ts';
import { newInfrastructure } from './themes/new-infrastructure.ts';
import { transport } from './themes/transport.ts';
import { urbanRuralGovernance } from './themes/urban-rural-governance.ts';

export { provinceThemes } from './themes/province.ts';

/** In the plan's order of domains. */
export const cityThemes = [
  ...advancedManufacturing,
  ...cultureTechnology,
  ...modernAgriculture,
  ...lowAltitudeEconomy,
  ...futureIndustries,
  ...governmentServices,
  ...urbanRuralGovernance,
  ...transport,
  ...ecology,
  ...newInfrastructure,
  ...healthcare,
  ...education,
  ...elderlyChildcare,
  ...majorEventsProjects,
];
