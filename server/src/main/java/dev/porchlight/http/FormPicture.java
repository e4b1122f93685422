package dev.porchlight.http;

import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the picture in a {@code multipart/form-data} body: the one part that is a file and no text. What else is in it, such
 * as the XML that some cameras send along, is read over. Confined to the request's event loop.
 */
final class FormPicture {
  /** Other parts than the picture's; more than a camera sends. */
  static final int MOST_PARTS = 32;
  /** Of a part that is no file, and of the headers of any. */
  static final int MOST_BYTES_OF_FIELD = 8 * 1024;
  /** What all of it but the picture may have. */
  static final long MOST_BYTES_AROUND = 512 * 1024;

  private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(\"[^\"]{1,70}\"|[^\";,\\s]{1,70})");

  private final Consumer<Buffer> picture;
  private final Consumer<ProblemException> problem;
  private final Runnable whole;
  private int begun;
  private boolean ended;

  private FormPicture(Consumer<Buffer> picture, Consumer<ProblemException> problem, Runnable whole) {
    this.picture = picture;
    this.problem = problem;
    this.whole = whole;
  }

  /** Whether a request's body is such a form. */
  static boolean isIn(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /**
   * Begins to read the body of a paused request.
   *
   * @param picture gets the picture's bytes as they come
   * @param problem hears what is wrong with the form
   * @param whole   runs at the end of the body when there was exactly one picture, and it ended
   */
  static void read(HttpServerRequest request, Consumer<Buffer> picture, Consumer<ProblemException> problem,
      Runnable whole) {
    var form = new FormPicture(picture, problem, whole);
    if (!BOUNDARY.matcher(request.getHeader("Content-Type")).find()) {
      problem.accept(new ProblemException(400, "multipart/form-data has no boundary in its Content-Type"));
      return;
    }
    request.setExpectMultipart(true);
    request.uploadHandler(form::part);
    request.endHandler(_ -> form.end());
  }

  /** What a failure while a body is read means to the client, or the failure itself. */
  static Throwable problemOf(Throwable failure) {
    return switch (failure) {
      case TooManyFormFieldsException _ -> new ProblemException(400,
          "the form has more than " + MOST_PARTS + " parts; one with the picture is enough");
      case TooLongFormFieldException _ -> tooLong();
      case ErrorDataDecoderException e when e.getCause() instanceof IOException -> tooLong();
      case ErrorDataDecoderException e -> new ProblemException(400, "the form is malformed: " + e.getMessage());
      default -> failure;
    };
  }

  private static ProblemException tooLong() {
    return new ProblemException(400, "a part of the form that is no file, or the headers of one, has more than "
        + MOST_BYTES_OF_FIELD + " bytes; a picture's part needs a filename");
  }

  private void part(HttpServerFileUpload part) {
    if (!isPicture(part)) {
      return;
    }
    begun++;
    if (begun > 1) {
      problem.accept(new ProblemException(400, "the form has more than one picture: send each by itself"));
      return;
    }
    part.handler(picture::accept);
    part.endHandler(_ -> ended = true);
  }

  private void end() {
    if (ended) {
      whole.run();
    } else {
      problem.accept(new ProblemException(400, begun == 0
          ? "the form has no picture: no part of it is a file with a filename"
          : "the form ends before its picture does"));
    }
  }

  private static boolean isPicture(HttpServerFileUpload part) {
    String type = part.contentType() == null ? "" : part.contentType().toLowerCase(Locale.ROOT);
    return !type.startsWith("text/") && !type.contains("xml") && !type.contains("json");
  }
}
