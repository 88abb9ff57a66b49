import ArgumentParser
import Reports
import Specs
import Training

/// The options for test-time augmentation.
struct TestTimeOptions: ParsableArguments {
    private static let counts = 1...1000
    private static let strengths = 0.01...10
    private static let standardStrength = 0.5

    @Option(
        help: ArgumentHelp(
            "Test-time augmentation: average over so many distorted copies of each image, and the image itself.",
            valueName: "n"))
    var tta: Int?

    @Option(
        help: ArgumentHelp(
            "How strong they are, beside the network's own augmentation. (default: 0.5)", valueName: "factor"))
    var ttaStrength: Double?

    @Option(
        help: ArgumentHelp(
            "How they are distorted, in the words of a spec: \"rotate=5 shift=1\". (default: the network's own)",
            valueName: "settings"))
    var ttaAugment: String?

    @Option(help: ArgumentHelp("The seed of the distortions.", valueName: "n"))
    var ttaSeed: UInt64 = 1

    func validate() throws {
        if let tta, !Self.counts.contains(tta) {
            throw ValidationError("--tta \(tta): expected \(Self.counts.lowerBound) to \(Self.counts.upperBound)")
        }
        if let ttaStrength, !Self.strengths.contains(ttaStrength) {
            throw ValidationError(
                "--tta-strength \(ttaStrength): expected \(Self.strengths.lowerBound) to \(Self.strengths.upperBound)")
        }
        for (option, isGiven) in [
            ("--tta-strength", ttaStrength != nil), ("--tta-augment", ttaAugment != nil), ("--tta-seed", ttaSeed != 1),
        ] where isGiven && tta == nil {
            throw ValidationError("\(option): expected --tta with it")
        }
        guard ttaStrength == nil || ttaAugment == nil else {
            throw ValidationError(
                "--tta-strength: expected no --tta-augment with it, which says how strong each part is")
        }
    }

    /// What is asked for; nil without the option.
    func augmentation() throws(CommandFailure) -> TestTimeAugmentation? {
        guard let tta else { return nil }
        let given = try ttaAugment.map(Self.augmentation)
        return TestTimeAugmentation(
            count: tta, augmentation: given, strength: given == nil ? ttaStrength ?? Self.standardStrength : 1,
            seed: ttaSeed)
    }

    /// The distortions that words of a spec name, and nothing else.
    private static func augmentation(_ words: String) throws(CommandFailure) -> Augmentation {
        let spec: ExperimentSpec
        do throws(SpecError) { spec = try ExperimentSpec(parsing: "none \(words)") } catch {
            throw .usage("--tta-augment \(error)")
        }
        var plain = TrainingConfiguration()
        plain.augmentation = spec.training.augmentation
        guard plain == spec.training else {
            throw .usage(
                "--tta-augment \(words): expected distortions alone, such as rotate=5 shear=5 shift=1 bend=0.5")
        }
        guard !spec.training.augmentation.changesNothing else {
            throw .usage("--tta-augment \(words): it leaves images as they are")
        }
        return spec.training.augmentation
    }
}

extension TestTimeAugmentation {
    /// The given distortions in the words of a spec.
    private var given: String? {
        augmentation.map { augmentation in
            var training = TrainingConfiguration()
            training.augmentation = augmentation
            return training.words(of: [.augment, .rotate, .shear, .stretch, .shift, .bend, .noise, .strength])
        }
    }

    /// What was done, for a table.
    var words: String {
        let how = given ?? "the network's own augmentation times \(FigureText.significant(strength))"
        return "averaged with \(count) distorted \(count == 1 ? "copy" : "copies") of each image (\(how))"
    }

    /// The object beside the figures in JSON.
    func json(_ report: TestReport) -> JSON {
        .object([
            "count": .integer(count), "augmentation": .text(given ?? "own"), "strength": .number(strength),
            "seed": .unsigned(seed), "test": report.json,
        ])
    }
}
