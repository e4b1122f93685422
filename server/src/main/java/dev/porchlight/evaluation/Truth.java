package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.ObjectGroup;

/**
 * Something that is in a picture, as somebody has labelled it.
 *
 * @param objectType as COCO names it
 * @param box        in pixels of the picture as displayed
 * @param isCrowd    several that cannot be told apart: what is found among them is neither right nor wrong
 */
record Truth(String objectType, ObjectGroup group, Box box, boolean isCrowd) {}
