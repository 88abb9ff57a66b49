import Configuration
import Specs
import TerminalUI

/// A setting of the program that is saved in the configuration file: a row of the options screen.
package enum Preference: String, CaseIterable, Sendable {
    case theme, colors, glyphs, mouse, plain, threads
    case autoRun = "auto_run"
    case smoothing
    case logarithmicLoss = "log_loss"
    case axis = "x_axis"
    case band
    case outliers
    case heatmap
    case diagonal
    case rows
    case saveFolder = "save_folder"
    case storeLimit = "store_limit"
    case overLimit = "over_limit"

    /// The key in the configuration file.
    package var key: String { rawValue }

    /// A line of the configuration file as this version has it: version 0.2.0 wrote `batches = true` for an axis of batches.
    static func current(_ key: String, _ value: ConfigurationValue) -> (key: String, value: ConfigurationValue) {
        guard key == "batches", case .flag(let isOn) = value else { return (key, value) }
        return (Preference.axis.key, .text((isOn ? CurveAxis.steps : .epochs).name))
    }

    /// The name on the options screen, at most eleven characters.
    package var label: String {
        switch self {
        case .theme: "theme"
        case .colors: "colours"
        case .glyphs: "glyphs"
        case .mouse: "mouse"
        case .plain: "plain"
        case .threads: "threads"
        case .autoRun: "auto-run"
        case .smoothing: "smoothing"
        case .logarithmicLoss: "log loss"
        case .axis: "x axis"
        case .band: "batches"
        case .outliers: "outliers"
        case .heatmap: "heatmap"
        case .diagonal: "diagonal"
        case .rows: "rows"
        case .saveFolder: "save folder"
        case .storeLimit: "store limit"
        case .overLimit: "over limit"
        }
    }

    /// Its meaning in at most 41 characters.
    var brief: String {
        switch self {
        case .theme: "the colours"
        case .colors: "how many colours the terminal shows"
        case .glyphs: "what curves and digits are drawn with"
        case .mouse: "clicks and the wheel"
        case .plain: "lines of words for a screen reader"
        case .threads: "workers of a training step"
        case .autoRun: "train anew at every edit"
        case .smoothing: "share of the past in the curves' average"
        case .logarithmicLoss: "a logarithmic loss axis"
        case .axis: "what the curves' x axis counts"
        case .band: "the batches behind the curves"
        case .outliers: "draw compared runs that lie far outside"
        case .heatmap: "what the confusion matrix shows"
        case .diagonal: "show what was right, too"
        case .rows: "what Confusion and Digits speak of"
        case .saveFolder: "where saved files go"
        case .storeLimit: "how much the saved runs may take"
        case .overLimit: "what happens beyond the store limit"
        }
    }

    /// Its meaning in a line.
    package var meaning: String {
        switch self {
        case .theme: "the colours; your own themes lie in themes/ beside the configuration file"
        case .colors: "how many colours the terminal shows; auto asks the terminal"
        case .glyphs: "what curves and digits are drawn with; auto asks the locale"
        case .mouse: "clicks and the wheel; off leaves them to the terminal, to select text"
        case .plain: "lines of words for a screen reader: no boxes, no colours, one fact a line"
        case .threads: "workers of a training step, from the next run on; results don't depend on it"
        case .autoRun: "train anew at every edit"
        case .smoothing: "share of the past in the curves' moving average; 0 draws them raw"
        case .logarithmicLoss: "a logarithmic loss axis"
        case .axis: "what the curves' x axis counts: epochs, batches or the time of training"
        case .band: "the batches behind the curves: half of them, all of them or none"
        case .outliers: "draw compared runs that lie far outside the others"
        case .heatmap: "what the confusion matrix shows: counts, shares or logarithmic colours"
        case .diagonal: "show what was right in the confusion matrix, too"
        case .rows: "the rows that Confusion and Digits speak of"
        case .saveFolder: "where saved files go; empty is the folder that the program was started in"
        case .storeLimit: "how much the saved runs may take; looked at when a run ends"
        case .overLimit:
            "say: only a message; prune: the worst by validation loss go, none with a name, tag or note"
        }
    }

    /// Whether its value is typed rather than stepped through.
    var isTyped: Bool { self == .saveFolder }
}

/// Why a value is not valid for a preference.
package struct PreferenceError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    /// The setting is unknown.
    package init(unknown key: String) {
        description = "\(ConfigurationValue.key(key)): no such setting" + Self.hint(key, Preference.allCases.map(\.key))
    }

    init(_ preference: Preference, found: ConfigurationValue, expected: String, choices: [String] = []) {
        let hint: String = if case .text(let text) = found { Self.hint(text, choices) } else { "" }
        description = "\(preference.key) = \(found.toml): expected \(expected)" + hint
    }

    private static func hint(_ word: String, _ candidates: [String]) -> String {
        Spelling.nearest(to: word, among: candidates).map { "; did you mean \($0)?" } ?? ""
    }
}
