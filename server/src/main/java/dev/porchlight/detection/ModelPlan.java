package dev.porchlight.detection;

/**
 * How a model is to be used.
 *
 * @param input   its input for pictures
 * @param layout  how a picture goes in
 * @param decoder how boxes come out
 */
record ModelPlan(Family family, PictureInput input, InputLayout layout, BoxDecoder decoder) {}
