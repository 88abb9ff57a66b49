/// The spec language's words as tables, from the tables that read them.
public enum SpecReference {
    /// Each setting: its name, what it does, what it can be, its default, and the words that it goes with.
    public static let settings: [[String]] = SpecKey.allCases.map { key in
        let setting = SpecSetting.of(key)
        return [
            key.rawValue, key.meaning, setting.expected, setting.standard, key.companions.joined(separator: " "),
        ]
    }

    /// The settings as a Markdown table, for docs/spec-language.md.
    public static let markdownTable: String =
        (["| setting | meaning | value | default | with |", "|---|---|---|---|---|"]
        + settings.map { row in
            let name = "`\(row[0])`"
            let with = row[4].split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
            return "| \(name) | \(row[1].replacing("|", with: "\\|")) | \(row[2]) | \(row[3]) | \(with) |"
        }).joined(separator: "\n")
}
