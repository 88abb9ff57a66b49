/// The ranges of what is more than one setting, or is asked for elsewhere, too; the others stand in `SpecSetting.all`.
extension SettingRange {
    // MARK: - Layers

    /// Units of a layer.
    public static let units = SettingRange(1...100_000, "units").stepped(
        .logarithmic, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512, 640, 784, 1024,
        1280, 1600, 2048, 3072, 4096)

    /// The share of a layer's units that dropout sets to 0.
    public static let dropout = SettingRange("a dropout rate", .at(0), .before(1, asFloat: true)).stepped(
        .linear, 0, 0.1, 0.2, 0.3, 0.4, 0.5)

    /// The standard deviation of Gaussian noise.
    public static let noise = SettingRange("a deviation of the noise", .at(0), .at(100))

    /// An argument of an activation, by Keras's name.
    static func argument(_ name: String) -> SettingRange {
        SettingRange("\(name.first == "a" ? "an" : "a") \(name)", .at(0), .at(1000))
    }

    // MARK: - Runs

    /// The learning rate.
    public static let learningRate = SettingRange("a learning rate", .before(0, asFloat: true), .at(1000)).stepped(
        .logarithmic, 1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1,
        0.2, 0.5, 1, 2, 5, 10)

    /// What a learning rate falls to.
    public static let lastRate = SettingRange("a learning rate", .at(0), .at(1000)).stepped(
        .logarithmic, 0, 1e-6, 1e-5, 1e-4, 1e-3)

    /// Rows of a batch.
    public static let batch = SettingRange(1...1_000_000, "rows a batch").stepped(
        .logarithmic, 1, 2, 4, 8, 16, 32, 50, 64, 100, 128, 200, 256, 512, 1024, 2048, 4096)

    /// Epochs of a run.
    public static let epochs = SettingRange(1...1_000_000, "epochs").stepped(
        .logarithmic, 1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000)

    /// The factor of the L1 penalty.
    public static let l1 = SettingRange("an L1 factor", .at(0), .at(1000)).stepped(
        .logarithmic, 0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1)

    /// The factor of the L2 penalty.
    public static let l2 = SettingRange("an L2 factor", .at(0), .at(1000)).stepped(
        .logarithmic, 0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1)

    // MARK: - Of several settings

    /// The share that a moving mean keeps: β1, β2, ρ.
    static let decayRate = SettingRange("a decay rate", .at(0), .before(1, asFloat: true))

    /// The exponent of what falls.
    static let exponent = SettingRange("an exponent", .at(-2), .at(0))

    /// The greatest norm, or the greatest value.
    static let bound = SettingRange("a bound", .before(0), .at(1_000_000))

    /// What a rate is divided by.
    static let divisor = SettingRange("a divisor", .at(1), .at(1e9))

    /// What an improvement has to exceed.
    static let delta = SettingRange("a difference", .at(0), .at(1000)).stepped(
        .logarithmic, 0, 1e-5, 1e-4, 1e-3, 1e-2)

    /// Batches.
    static let batches = SettingRange(1...1_000_000_000, "steps")

    /// Epochs to wait.
    static let patience = SettingRange(0...1_000_000, "epochs").stepped(.linear, 0, 1, 2, 3, 5, 10, 20)
}
