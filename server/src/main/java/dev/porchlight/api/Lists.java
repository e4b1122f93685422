package dev.porchlight.api;

import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.Page;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What all lists have in common: {@code {"items": […], "next": "<cursor>"|null}}, {@code ?cursor=} and {@code ?limit=}. */
final class Lists {
  /** The questions that a list of one camera's things, or of all, answers. */
  static final Set<String> OF_CAMERA = Set.of("cursor", "limit", "camera_id");

  private static final int STANDARD_LIMIT = 50;
  private static final int MOST = 200;

  private Lists() {}

  /** How many items are wanted, 1 to 200. */
  static int limit(Request request) {
    String text = request.query("limit");
    if (text == null) {
      return STANDARD_LIMIT;
    }
    long limit = number("limit", text);
    if (limit < 1 || limit > MOST) {
      throw new ProblemException(400, "limit must be 1 to " + MOST + ", not " + text);
    }
    return (int) limit;
  }

  /** Where to go on, or null for the beginning. */
  static @Nullable Long cursor(Request request) {
    String text = request.query("cursor");
    return text == null ? null : number("cursor", text);
  }

  /** The camera that is asked for, or null for all. */
  static @Nullable String camera(Request request) {
    String id = request.query("camera_id");
    if (id != null && !CameraId.isValid(id)) {
      throw new ProblemException(400, "camera_id must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return id;
  }

  static <T> Response answer(Page<T> page, BiConsumer<JsonGenerator, T> fields) {
    return Response.json(200, json -> {
      json.writeArrayPropertyStart("items");
      for (T item : page.items()) {
        json.writeStartObject();
        fields.accept(json, item);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeName("next");
      if (page.next() == null) {
        json.writeNull();
      } else {
        json.writeString(Long.toString(page.next()));
      }
    });
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new ProblemException(400, name + " is not a number: " + text);
    }
  }
}
