package dev.porchlight.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TfjsGraphTest {
  private final TinyGraph tiny = new TinyGraph().floats("f", Shape.of(2), 0.5, -2).ints("i", Shape.of(), -7);

  @Test
  void readsWeightsInTheOrderOfTheManifest() {
    TfjsGraph graph = tiny.graph();

    assertThat(graph.weight("f")).isEqualTo(Tensor.Floats.of(Shape.of(2), 0.5f, -2f));
    assertThat(graph.weight("i")).isEqualTo(Tensor.Ints.of(Shape.of(), -7));
  }

  @Test
  void readsAWeightThatGoesOnInTheNextShard() {
    byte[] json = new String(tiny.modelJson(), StandardCharsets.UTF_8)
        .replace("[\"" + TinyGraph.SHARD + "\"]", "[\"first\",\"second\"]")
        .getBytes(StandardCharsets.UTF_8);
    byte[] all = tiny.shard();

    TfjsGraph graph = TfjsGraph.read(json,
        Map.of("first", Arrays.copyOf(all, 6), "second", Arrays.copyOfRange(all, 6, all.length)));

    assertThat(graph.weight("f")).isEqualTo(Tensor.Floats.of(Shape.of(2), 0.5f, -2f));
  }

  @Test
  void refusesShardsOfTheWrongLength() {
    byte[] all = tiny.shard();

    assertThatThrownBy(() -> read(Arrays.copyOf(all, 11))).isInstanceOf(ConversionException.class)
        .hasMessage("weight i needs 4 bytes, but only 3 are left");
    assertThatThrownBy(() -> read(Arrays.copyOf(all, 13))).isInstanceOf(ConversionException.class)
        .hasMessage("1 bytes of weights are left over");
  }

  private TfjsGraph read(byte[] shard) {
    return TfjsGraph.read(tiny.modelJson(), Map.of(TinyGraph.SHARD, shard));
  }

  @Test
  void namesTheShardThatIsMissing() {
    assertThatThrownBy(() -> TfjsGraph.read(tiny.modelJson(), Map.of())).isInstanceOf(ConversionException.class)
        .hasMessageContaining(TinyGraph.SHARD);
  }

  @Test
  void refusesWeightsItCannotRead() {
    tiny.lastWeight().put("dtype", "bool");
    assertThatThrownBy(tiny::graph).hasMessage("weight i is of type bool, which is not supported");

    tiny.lastWeight().putObject("quantization").put("dtype", "uint8");
    assertThatThrownBy(tiny::graph).hasMessage("weight i is quantised, which is not supported");
  }

  @Test
  void refusesWhatIsNoGraphModel() {
    assertThatThrownBy(() -> TfjsGraph.read("{\"modelTo".getBytes(StandardCharsets.UTF_8), Map.of()))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("model.json is damaged");
    assertThatThrownBy(() -> TfjsGraph.read("{}".getBytes(StandardCharsets.UTF_8), Map.of()))
        .isInstanceOf(ConversionException.class)
        .hasMessage("model.json holds no graph");
  }
}
