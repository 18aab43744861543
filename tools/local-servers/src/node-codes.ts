const CITIES = ['4301', '4302', '4303', '4304', '4305', '4306', '4307', '4308', '4309', '4310', '4311', '4312', '4313', '4331'];

/** The province and the 14 cities of the federation: who has a user at a local broker. */
export const NODE_CODES: readonly string[] = ['430000', ...CITIES.map((city) => `${city}00`)];
