package dev.porchlight.domain;

/**
 * What an analyst says of a batch.
 *
 * @param riskScore 0 to 100
 * @param summary   one sentence
 * @param reasoning why
 * @param analyst   who said it: {@code rules}, or the name of a model
 */
public record Verdict(int riskScore, String summary, String reasoning, String analyst) {
  public Verdict {
    if (riskScore < 0 || riskScore > 100) {
      throw new IllegalArgumentException("a risk score lies between 0 and 100: " + riskScore);
    }
  }
}
