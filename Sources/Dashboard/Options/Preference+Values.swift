import Configuration
import Runs
import TerminalUI
import Training

extension Preference {
    /// The values of ← and →, in order; empty where the value is typed.
    func choices(in state: DashboardState) -> [ConfigurationValue] {
        switch self {
        case .theme: state.themes.map { .text($0.name) }
        case .colors: [.text("auto")] + ColorLevel.allCases.map { .text($0.rawValue) }
        case .glyphs: [.text("auto")] + GlyphLevel.allCases.map { .text($0.rawValue) }
        case .threads: [.text("auto")] + [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64].map(ConfigurationValue.whole)
        case .smoothing: Smoothing.weights.map(ConfigurationValue.number)
        case .mouse, .plain, .autoRun, .logarithmicLoss, .outliers, .diagonal: [.flag(false), .flag(true)]
        case .axis: CurveAxis.allCases.map { .text($0.name) }
        case .band: BatchBand.allCases.map { .text($0.name) }
        case .heatmap: ConfusionScreen.modes.map { .text($0.name) }
        case .rows: [.text("validation"), .text("test")]
        case .saveFolder: []
        case .storeLimit: (["none"] + StoreLimit.choices).map(ConfigurationValue.text)
        case .overLimit: StoreLimit.Response.allCases.map { .text($0.rawValue) }
        }
    }

    /// The present value.
    package func value(in state: DashboardState) -> ConfigurationValue {
        switch self {
        case .theme: .text(state.look.theme.name)
        case .colors: .text(state.display.colors?.rawValue ?? "auto")
        case .glyphs: .text(state.display.glyphs?.rawValue ?? "auto")
        case .mouse: .flag(state.display.mouse)
        case .plain: .flag(state.display.plain)
        case .threads: state.chosenThreads.map(ConfigurationValue.whole) ?? .text("auto")
        case .autoRun: .flag(state.autoRun)
        case .rows: .text(state.source.rawValue)
        case .saveFolder: .text(state.saveFolder)
        case .storeLimit: .text(state.storeLimit.words)
        case .overLimit: .text(state.storeLimit.response.rawValue)
        case .smoothing, .logarithmicLoss, .axis, .band, .outliers, .heatmap, .diagonal:
            state.screenValue(of: self) ?? .text("")
        }
    }

    /// The value of a line of the configuration file.
    ///
    /// - Throws: `PreferenceError` if it is not valid for the preference.
    func read(_ value: ConfigurationValue, in state: DashboardState) throws(PreferenceError) -> ConfigurationValue {
        switch (self, value) {
        case (.saveFolder, .text): return value
        case (.saveFolder, _): throw PreferenceError(self, found: value, expected: "a folder in quotes")
        case (.threads, .whole(1...64)): return value
        case (.threads, _) where value != .text("auto"):
            throw PreferenceError(self, found: value, expected: "1 to 64, or \"auto\"")
        case (.storeLimit, .text(let text)) where ByteAmount.bytes(text) ?? 0 > 0: return value
        case (.storeLimit, _) where value != .text("none"):
            throw PreferenceError(self, found: value, expected: "none, or \(ByteAmount.expected)")
        default: break
        }
        let choices = choices(in: state)
        // 256 and "256" are the same number of colours, 0 and 0.0 the same share.
        let readings: [ConfigurationValue] =
            if case .whole(let number) = value { [value, .text("\(number)"), .number(Double(number))] } else { [value] }
        if let found = readings.first(where: choices.contains) { return found }
        let texts = choices.map { if case .text(let text) = $0 { text } else { $0.toml } }
        throw PreferenceError(self, found: value, expected: texts.joined(separator: ", "), choices: texts)
    }
}

extension ConfigurationValue {
    /// Its text on the options screen.
    var readable: String {
        switch self {
        case .text(let text): text
        case .flag(let isOn): isOn ? "on" : "off"
        case .whole(let value): "\(value)"
        case .number(let value): Figures.plain(value)
        }
    }
}
