package dev.porchlight.risk;

import dev.porchlight.domain.Verdict;

/** Says what a situation means and how risky it is. */
interface Analyst {
  Verdict judge(Situation situation);
}
