package dev.porchlight.risk;

import dev.porchlight.store.AnalysisStore;
import dev.porchlight.store.BatchStore;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.EventStore;
import dev.porchlight.store.PastEvents;

/** What the analyst reads and writes. */
public record AnalystStores(BatchStore batches, EventStore events, AnalysisStore analyses, CameraStore cameras,
    PastEvents past) {}
