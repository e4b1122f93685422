package dev.porchlight.risk;

import java.time.ZonedDateTime;

/**
 * A moment as it is at home.
 *
 * @param local    what the clock on the wall says
 * @param daylight how light it is outside
 */
record HomeTime(ZonedDateTime local, Daylight daylight) {}
