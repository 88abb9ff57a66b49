import Configuration
import TerminalUI

/// What the configuration file says of the confusion matrix.
extension ConfusionScreen {
    /// The scales by their names in the file.
    static let modes: [(name: String, mode: Heatmap.Mode)] = [
        ("counts", .counts), ("rows", .rowPercent), ("columns", .columnPercent), ("log", .logarithmic),
    ]

    package func value(of preference: Preference) -> ConfigurationValue? {
        switch preference {
        case .heatmap: Self.modes.first { $0.mode == mode }.map { .text($0.name) }
        case .diagonal: .flag(!hidesDiagonal)
        default: nil
        }
    }

    package mutating func apply(_ value: ConfigurationValue, to preference: Preference, _ shared: Shared) {
        switch (preference, value) {
        case (.heatmap, .text(let name)): mode = Self.modes.first { $0.name == name }?.mode ?? mode
        case (.diagonal, .flag(let isShown)): hidesDiagonal = !isShown
        default: break
        }
    }
}
