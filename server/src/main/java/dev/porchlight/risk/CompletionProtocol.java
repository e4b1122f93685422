package dev.porchlight.risk;

import java.util.List;

/** How a server of language models is spoken to. Immutable. */
interface CompletionProtocol {
  /** Where requests go, below the base address. */
  String path();

  /** A request. */
  byte[] request(List<ChatTurn> turns, AnswerForm form);

  /**
   * What came back.
   *
   * @throws ModelException when it is no completion
   */
  Completion completion(byte[] body);

  /** How firmly the form of the answer is asked for. */
  enum AnswerForm {
    /** By a JSON schema. */
    SCHEMA,
    /** As some JSON object. */
    OBJECT,
    /** By words alone. */
    WORDS;

    /** The next less firm one; the least firm is the last. */
    AnswerForm looser() {
      return this == SCHEMA ? OBJECT : WORDS;
    }
  }
}
