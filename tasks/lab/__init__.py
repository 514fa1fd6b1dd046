"""The tasks of the lesson "The lab", in the order of its notebook."""

from tasks.lab.common import BEST, ONE_LAYER, SEVERAL_LAYERS
from utils.report import Stage

TASKS = (
    "split_parts",
    "scale_parts",
    "cross_validate",
    "train_network",
    "train_one_layer",
    "weight_images",
    "train_several_layers",
    "choose_and_test",
    "worst_mistakes",
    "overfit_on_purpose",
    "stop_early",
    "hold_back",
    "class_recalls",
    "best_network",
)

STAGES = (
    Stage("split_parts", "Split without overlap", 2, "Split the flowers into three parts: stage 1."),
    Stage("scale_parts", "Scale without a leak", 2, "Scale by the training part alone: stage 2."),
    Stage("cross_validate", "Cross-validate", 3, "Let every flower be held back once: stage 3."),
    Stage("train_network", "Train and keep both curves", 3, "Write the training once, for all networks: stage 4."),
    Stage("train_one_layer", "One layer", 2, f"Reach {ONE_LAYER:.2f} with one layer on withheld digits: stage 5."),
    Stage("weight_images", "Weights as pictures", 1, "Look at what one layer has learned: stage 6."),
    Stage("train_several_layers", "Several layers", 2, f"Reach {SEVERAL_LAYERS:.2f} with several layers: stage 7."),
    Stage("choose_and_test", "Choose, then test once", 3, "Choose by validation, report by test: stage 8."),
    Stage("worst_mistakes", "The worst mistakes", 2, "Look at the ten worst mistakes: stage 9."),
    Stage("overfit_on_purpose", "Overfit on purpose", 2, "Open a gap between the curves: stage 10."),
    Stage("stop_early", "First cure: stop early", 3, "Go back to the best weights: stage 11."),
    Stage("hold_back", "Second cure", 3, "Cure it with another means of lesson 06: stage 12."),
    Stage("class_recalls", "Read the other framework", 2, "Translate the recalls: stage 13."),
    Stage("best_network", "Your best network", 4, f"Reach {BEST:g} on withheld digits: stage 14."),
)
