package dev.porchlight.store;

/** The ports of one store, to be tested together. */
record Stores(CameraStore cameras, FrameLedger frames, BatchStore batches, DetectionStore detections,
    EventStore events, GpuStatsStore gpu, Journal journal,
    ClipLedger clips, FrameStore latest, FtpAccountStore ftpAccounts, AnalysisStore analyses, PastEvents past) {}
