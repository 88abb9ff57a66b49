/// What a key does. It is the same in all views: a view only gives the verb its object, so that no key has two meanings.
///
/// The raw value names it in the configuration file.
package enum KeyVerb: String, CaseIterable, Sendable {
    // Training.
    case train
    case stepBatch = "step_batch"
    case stepEpoch = "step_epoch"
    case again
    case againNewSeed = "again_new_seed"
    case useWeights = "use_weights"
    case teach
    case rateDown = "rate_down"
    case rateUp = "rate_up"
    case autoRun = "auto_run"
    case findRate = "find_rate"
    // From view to view.
    case lab, curves, confusion, digits, network, runs, draw, data, search
    case nextPanel = "next_panel"
    case previousPanel = "previous_panel"
    case backToRun = "back_to_run"
    // Within a view.
    case up, down, left, right
    case pageUp = "page_up"
    case pageDown = "page_down"
    case start, end, open, back
    // What is shown, and in which order.
    case filter, sort
    case sortReverse = "sort_reverse"
    case best, what, detail, alone, rows, weights
    case trueClass = "true_class"
    case predictedClass = "predicted_class"
    case samePair = "same_pair"
    case nextDigit = "next_digit"
    case previousDigit = "previous_digit"
    case asFed = "as_fed"
    // Charts and epochs.
    case more, less, whole, earlier, later
    case logarithmic, batches, average, outliers
    // Several things beside one another.
    case mark
    case unmarkAll = "unmark_all"
    case compare
    case compareEpoch = "compare_epoch"
    case errors, ensemble
    // Changes.
    case delete, undo, redo, name, note, tags
    case presets, activation, dropout, duplicate
    case moveUp = "move_up"
    case moveDown = "move_down"
    case wipe
    case openImage = "open_image"
    case editSpec = "edit_spec"
    // The program.
    case export, picture, copy, theme, options, help, redraw, suspend, quit
    case pageForward = "page_forward"
    case pageBack = "page_back"

    /// Its meaning in all views.
    package var meaning: String {
        switch self {
        case .train: "start training, pause, resume"
        case .stepBatch: "train one batch"
        case .stepEpoch: "train to the end of the epoch"
        case .again: "train again with the same seed"
        case .againNewSeed: "train again with the next seed"
        case .useWeights: "begin a new run with a run's weights"
        case .teach: "learn from a run's predictions"
        case .rateDown: "learning rate down"
        case .rateUp: "learning rate up"
        case .autoRun: "train at every edit"
        case .findRate: "find a learning rate"
        case .lab, .curves, .confusion, .digits, .network, .runs, .draw, .data, .search: "show this view"
        case .nextPanel: "next panel"
        case .previousPanel: "previous panel"
        case .backToRun: "back to the run under way"
        case .up, .down, .left, .right, .pageUp, .pageDown, .start, .end: "move"
        case .open: "open what is selected"
        case .back: "one level back"
        case .filter: "filter"
        case .sort: "sort by the next column"
        case .sortReverse: "the other way round"
        case .best: "the best first"
        case .what: "what the main panel shows"
        case .detail: "what the panel beside or below shows"
        case .alone: "this panel alone"
        case .rows: "training rows, validation rows or test set"
        case .weights: "best or final weights of an opened run"
        case .trueClass: "only the next true class"
        case .predictedClass: "only the next predicted class"
        case .samePair: "only the same true and predicted class"
        case .nextDigit: "the next digit, or the next ones"
        case .previousDigit: "the digit before, or those before"
        case .asFed: "images as the network is fed with them"
        case .more: "more"
        case .less: "less"
        case .whole: "all of it"
        case .earlier: "earlier"
        case .later: "later"
        case .logarithmic: "logarithmic axis"
        case .batches: "figures of the batches"
        case .average: "moving average"
        case .outliers: "what stands out, in or out"
        case .mark: "mark"
        case .unmarkAll: "take all marks away"
        case .compare: "compare with other runs"
        case .compareEpoch: "compare with this epoch"
        case .errors: "errors of two runs"
        case .ensemble: "the mean of several runs"
        case .delete: "delete what is selected"
        case .undo: "undo"
        case .redo: "redo"
        case .name: "name"
        case .note: "note"
        case .tags: "tags"
        case .presets: "presets"
        case .activation: "next activation"
        case .dropout: "next dropout rate"
        case .duplicate: "duplicate"
        case .moveUp: "move up"
        case .moveDown: "move down"
        case .wipe: "brush or eraser"
        case .openImage: "open an image"
        case .editSpec: "edit the spec line"
        case .export: "save into files"
        case .picture: "save a picture of the screen"
        case .copy: "copy the line"
        case .theme: "choose a theme"
        case .options: "options"
        case .help: "help"
        case .redraw: "draw the screen again"
        case .suspend: "suspend the program"
        case .quit: "quit"
        case .pageForward: "later lines of the plain screen"
        case .pageBack: "earlier lines of the plain screen"
        }
    }
}
