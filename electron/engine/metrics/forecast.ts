/** Forecasts of a running month, from nothing but the days before it, each with an 80 % interval. */

export type Forecast = { readonly value: number; readonly low: number; readonly high: number };

/** Half the width of an 80 % interval in standard errors: 1.32 for three weeks of freedom, and some more as the scatter, too, is only estimated. */
const spreadOf80 = 1.4;
const daysOfWeek = 7;
const referenceDays = 28;

/**
 * Events by the month's end. `daily`: counts of the last 28 whole days, oldest first; `soFar`: events of the month up to now; `today`: those of
 * the running day; `remaining`: days from today to the month's end, today included. Each remaining day brings what its weekday brought on average,
 * today at least what it has brought already. The interval takes the scatter of the days around their weekday as growing with the count,
 * and the uncertainty of the averages themselves. Null with fewer than 28 days.
 */
export function forecastEvents(month: { readonly daily: readonly number[]; readonly soFar: number; readonly today: number; readonly remaining: number }): Forecast | null {
  const daily = month.daily.slice(-referenceDays);
  if (daily.length < referenceDays) return null;
  const means = weekdayMeans(daily);
  const dispersion = dispersionOf(daily, means);
  let expected = 0;
  let variance = 0;
  const visits = new Array<number>(daysOfWeek).fill(0);
  for (let ahead = 0; ahead < month.remaining; ahead += 1) {
    // The day after the last whole one is today, and has the weekday of the one seven days before it.
    const weekday = (daily.length + ahead) % daysOfWeek;
    const mean = means[weekday] ?? 0;
    expected += ahead === 0 ? Math.max(0, mean - month.today) : mean;
    variance += dispersion * mean;
    visits[weekday] = (visits[weekday] ?? 0) + 1;
  }
  visits.forEach((count, weekday) => { variance += (count * count * dispersion * (means[weekday] ?? 0)) / (referenceDays / daysOfWeek); });
  return around(month.soFar, expected, Math.sqrt(variance));
}

function weekdayMeans(daily: readonly number[]): readonly number[] {
  return Array.from({ length: daysOfWeek }, (_none, weekday) => {
    const same = daily.filter((_count, day) => day % daysOfWeek === weekday);
    return same.reduce((sum, count) => sum + count, 0) / same.length;
  });
}

/** How much wider than that of a Poisson count the scatter is; at least as wide. */
function dispersionOf(daily: readonly number[], means: readonly number[]): number {
  const squares = daily.map((count, day) => {
    const mean = means[day % daysOfWeek] ?? 0;
    return mean === 0 ? 0 : ((count - mean) ** 2) / mean;
  });
  return Math.max(1, squares.reduce((sum, value) => sum + value, 0) / (daily.length - daysOfWeek));
}

/** One earlier stretch of the month's length: distinct users up to the same point, and to its end. */
export type EarlierStretch = { readonly soFar: number; readonly whole: number };

/**
 * Distinct users by the month's end: those so far, grown as the same stretch grew when it is moved back by whole weeks. Null with fewer than
 * three such stretches, or where one of them had nobody.
 */
export function forecastUsers(soFar: number, earlier: readonly EarlierStretch[]): Forecast | null {
  if (earlier.length < 3 || earlier.some(stretch => stretch.soFar === 0) || soFar === 0) return null;
  const growth = earlier.map(stretch => stretch.whole / stretch.soFar - 1);
  const mean = growth.reduce((sum, value) => sum + value, 0) / growth.length;
  const scatter = Math.sqrt(growth.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (growth.length - 1));
  const expected = soFar * mean;
  // The scatter of stretches that all happen to be alike says too little: who is still to come is a count of its own.
  const error = Math.max(soFar * scatter * overlapInflation, Math.sqrt(expected) / 3);
  return around(soFar, expected, error);
}
/** Stretches that overlap scatter less than those that do not. */
const overlapInflation = 1.15;

function around(soFar: number, expected: number, error: number): Forecast {
  const value = soFar + expected;
  return { value: Math.round(value), low: Math.max(soFar, Math.round(value - spreadOf80 * error)), high: Math.round(value + spreadOf80 * error) };
}
