import ArgumentParser
import Specs

/// `trainspotter presets`: specs that have a name.
struct PresetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets", abstract: "List the specs that have a name.",
        discussion: """
            A preset's name stands for its spec and can be followed by settings.

            EXAMPLES
              trainspotter presets
              trainspotter train notebook scale=unit
            """)

    @OptionGroup var data: DataOptions

    func run() throws {
        _ = try data.source()
        let presets = Presets.all.map { [$0.name, $0.summary, $0.spec.description] }
        let committees = CommitteePreset.all.map { [$0.name, $0.summary, $0.student ?? $0.members[0]] }
        try printResult(TextTable.text(presets + committees))
    }
}
