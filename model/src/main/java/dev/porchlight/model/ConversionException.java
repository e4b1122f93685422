package dev.porchlight.model;

/** The graph cannot be converted, or was converted into something else than expected. The message names the node and the reason. */
final class ConversionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConversionException(String message) {
    super(message);
  }

  private ConversionException(String message, ConversionException cause) {
    super(message, cause);
  }

  /** This failure, with the node it happened at put in front. */
  ConversionException at(TfjsNode node) {
    return new ConversionException("node " + node.name() + " (" + node.op() + "): " + getMessage(), this);
  }
}
