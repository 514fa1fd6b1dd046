"""The tasks of the lesson "The lab", in the order of its notebook."""

from tasks.lab.common import BEST, ONE_LAYER, SEVERAL_LAYERS
from utils.report import Stage

TASKS = (
    "split_parts",
    "scale_parts",
    "train_iris",
    "cross_validate",
    "choose_simplest",
    "train_network",
    "train_one_layer",
    "weight_images",
    "train_several_layers",
    "choose_and_test",
    "worst_mistakes",
    "cheapest_threshold",
    "overfit_on_purpose",
    "stop_early",
    "hold_back",
    "class_recalls",
    "which_is_better",
    "best_network",
)

STAGES = (
    Stage("split_parts", "Split without overlap", 2, "Split the flowers into three sets: stage 1."),
    Stage("scale_parts", "Scale without a leak", 2, "Scale by the training set alone: stage 2."),
    Stage("train_iris", "Train on the flowers", 3, "Train one layer and two on the flowers: stage 3."),
    Stage("cross_validate", "Cross-validate", 3, "Hold each flower back once: stage 4."),
    Stage("choose_simplest", "Choose the simplest", 3, "Choose by cross-validation and its standard error: stage 5."),
    Stage("train_network", "Train and keep both curves", 3, "Write the training once, for all networks: stage 6."),
    Stage("train_one_layer", "One layer", 2, f"Reach {ONE_LAYER:.2f} with one layer on withheld digits: stage 7."),
    Stage("weight_images", "Weights as pictures", 1, "Look at what one layer has learned: stage 8."),
    Stage("train_several_layers", "Several layers", 2, f"Reach {SEVERAL_LAYERS:.2f} with several layers: stage 9."),
    Stage("choose_and_test", "Choose, then test once", 3, "Choose by validation, report by test: stage 10."),
    Stage("worst_mistakes", "The worst mistakes", 2, "Look at the ten worst mistakes: stage 11."),
    Stage("cheapest_threshold", "The cheapest threshold", 2, "Let the costs of mistakes set the threshold: stage 12."),
    Stage("overfit_on_purpose", "Overfit on purpose", 2, "Open a gap between the curves: stage 13."),
    Stage("stop_early", "First cure: stop early", 3, "Go back to the best weights: stage 14."),
    Stage("hold_back", "Second cure: hold back", 3, "Cure it with another remedy of lesson 06: stage 15."),
    Stage("class_recalls", "Read the other framework", 2, "Translate the recalls: stage 16."),
    Stage("which_is_better", "Design an experiment", 4, "Compare two networks with 20 runs each: stage 17."),
    Stage("best_network", "Your best network", 4, f"Reach {BEST:g} on withheld digits: stage 18."),
)

# A copy that is handed out with other data (`make release LESSON=07 SEED=...`) marks these: there they may not hold.
SAID_OF_USUAL_DATA = (
    "is right on 0.950 of all these flowers",
    "There are 32 mistakes",
    "29 of 32 mistakes",
    "seven circled",
    "Seven of them lie at or near the border",
    "some 8s",
    "The lower threshold costs less on the test pictures",
    "is lowest in the first half of the epochs",
    "is the same set as in the check",
    "Both cures gain at least 0.05",
)
