/// A spec with a name.
public struct Preset: Sendable, Equatable {
    /// The name, as in `trainspotter train exercise-1`.
    public let name: String
    /// For images of 784 pixels and 10 classes.
    public let spec: ExperimentSpec
    /// What it is for, in some words.
    public let summary: String
}

/// The networks of a course's exercises on MNIST, and recipes for its challenge: the best test accuracy without
/// convolutions. Cireşan et al., "Deep, Big, Simple Neural Nets for Handwritten Digit Recognition" (2010), report 99.65 %.
public enum Presets {
    /// All presets, in the order in which they are listed.
    public static let all = [
        preset("notebook", "8tanh epochs=8 scale=raw", "raw pixels, small net"),
        preset("exercise-1", "200 epochs=30", "more units, but no activation"),
        preset("exercise-2", "200tanh epochs=30", "the same with an activation"),
        preset("exercise-3", "100relu-200relu-100relu epochs=50", "a deeper network"),
        preset(
            "challenge", "1000relu-500relu batch=128 epochs=40 schedule=cosine augment=elastic",
            "trained on distorted digits"),
        preset("minute", "1000relu+bn-500relu+bn epochs=58 \(fast)", "for a minute of two cores"),
        preset("coffee", "1000relu+bn-500relu+bn epochs=280 \(fast)", "for five minutes"),
        preset(
            "long", "2000relu+bn+drop0.1-1500relu+bn+drop0.1-1000relu+bn-500relu+bn epochs=400 \(recipe)",
            "for two hours"),
        preset("ciresan-1", "1000relu+bn-500relu+bn epochs=200 \(recipe)", "a network of the paper of 2010"),
        preset(
            "ciresan-2", "1500relu+bn-1000relu+bn-500relu+bn epochs=200 \(recipe)", "a network of the paper of 2010"),
        preset(
            "ciresan-3", "2000relu+bn-1500relu+bn-1000relu+bn-500relu+bn epochs=200 \(recipe)",
            "a network of the paper of 2010"),
        preset(
            "ciresan-4", "2500relu+bn-2000relu+bn-1500relu+bn-1000relu+bn-500relu+bn epochs=200 \(recipe)",
            "the best one of the paper: 99.65 %"),
        preset(
            "ciresan-5",
            Array(repeating: "1000relu+bn", count: 9).joined(separator: "-") + " epochs=200 \(recipe)",
            "a network of the paper of 2010"),
    ]

    /// What the short recipes share: chosen by validation, see docs/results.md.
    private static let fast =
        "adamw lr=5e-3 wd=2e-2 batch=256 augment=elastic deslant=true schedule=cosine warmup=1 ema=0.998 smooth=0.1 val=0"

    /// What all other recipes for the challenge share.
    static let recipe =
        "adamw lr=2e-3 wd=2e-2 batch=128 augment=elastic schedule=cosine warmup=1 ema=0.999 smooth=0.1 val=0"

    /// The preset of that name, however it is capitalized.
    public static func named(_ name: String) -> Preset? { all.first { $0.name == name.lowercased() } }

    private static func preset(_ name: String, _ line: String, _ summary: String) -> Preset {
        Preset(name: name, spec: spec(line), summary: summary)
    }

    /// The spec of a line that is part of the program. The parser of lines is not asked, as that asks for presets.
    private static func spec(_ line: String) -> ExperimentSpec {
        let words = LayerWords(line)
        do throws(SpecError) {
            let chain = LayerChain(word: words.layers ?? "", line: line, inputs: 784, classes: 10)
            var spec = ExperimentSpec(network: try chain.parse())
            spec.training = try SettingsParser(start: spec.training).parse(words.rest)
            return spec
        } catch {
            preconditionFailure("\(line): \(error)")
        }
    }
}
