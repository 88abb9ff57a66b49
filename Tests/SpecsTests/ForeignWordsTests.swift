import Specs
import Testing

@Suite struct ForeignWordsTests {
    /// What a person who comes from elsewhere types, and what the refusal proposes.
    @Test(
        "Words of Keras, PyTorch and scikit-learn are refused with the right ones",
        arguments: [
            ("8tanh learning_rate=0.01", "lr=0.01"), ("8tanh learning-rate=1", "lr=1"),
            ("8tanh batch_size=64", "batch=64"), ("8tanh BS=64", "batch=64"), ("8tanh num_epochs=5", "epochs=5"),
            ("8tanh epochs 5", "epochs=5"), ("8tanh batch_size 64", "batch=64"), ("8tanh adam lr 3e-4", "lr=3e-4"),
            ("8tanh weight_decay=0.1", "wd=0.1"), ("8tanh beta_1=0.8", "beta1=0.8"), ("8tanh eps=1e-8", "epsilon=1e-8"),
            ("8tanh betas=(0.9,0.99)", "beta1=0.9 beta2=0.99"), ("8tanh validation_split=0.2", "val=0.2"),
            ("8tanh random_state=3", "seed=3"), ("8tanh optimizer=SGD", "sgd"), ("8tanh optim=addam", "adam"),
            ("8tanh Adam(learning_rate=3e-4)", "adam lr=3e-4"), ("8tanh sgd(lr=0.1,", "sgd lr=0.1"),
            ("8tanh label_smoothing=0.1", "smooth=0.1"), ("8tanh kernel_initializer=he", "init=he"),
            ("8tanh init=he", "init=he_normal"), ("8tanh init=xavier_uniform", "init=glorot_uniform"),
            ("8tanh init=kaiming_normal", "init=he_normal"), ("8tanh loss=cce", "loss=categorical_crossentropy"),
            ("8tanh loss=CrossEntropyLoss", "loss=categorical_crossentropy"),
            ("8tanh loss=sparse_categorical_crossentropy", "loss=categorical_crossentropy"),
            ("8tanh schedule=CosineAnnealingLR", "schedule=cosine"), ("8tanh scheduler=cosine", "schedule=cosine"),
            ("8tanh schedule=step", "schedule=piecewise"), ("8tanh restore_best_weights=true", "restore=true"),
            ("8tanh early_stopping=3", "patience=3"), ("8tanh restore=yes", "restore=true"),
            ("8swish", "8silu"), ("8Swish-4relu", "8silu"), ("8LeakyReLU", "8leaky_relu"), ("8lrelu", "8leaky_relu"),
            ("8identity", "8linear"), ("8logistic", "8sigmoid"), ("8tanh+dropout0.2", "8tanh+drop0.2"),
            ("8tanh+dropout(0.2)", "8tanh+drop0.2"), ("8tanh+batch_norm+drop0.1", "8tanh+bn+drop0.1"),
            ("Dense(200)", "200"), ("Dense(200, activation='tanh')", "200tanh"),
            ("Dense(200,activation='relu'),Dense(100,activation='swish')", "200relu-100silu"),
            ("nn.Linear(784, 200)", "200"), ("200,100", "200-100"), ("[200, 100]", "200-100"), ("200x100", "200-100"),
            ("200tanh,100relu", "200tanh-100relu"), ("tanh200", "200tanh"), ("swish64", "64silu"), ("relu", "128relu"),
            ("8 swish", "8silu"), ("8 tahn", "8tanh"), ("8 ReLu6 adm", "adam"),
            ("8tanh lr=0,001", "lr=0.001"), ("8tanh val=0,1", "val=0.1"), ("8tanh epochs=1,000", "epochs=1000"),
            ("8tanh seed=1 batch=1_024", "batch=1024"), ("8tanh+drop0,2", "8tanh+drop0.2"),
            ("8leaky_relu:0,1-4tanh+noise1,5", "8leaky_relu:0.1-4tanh+noise1.5"),
            ("lr=3e-4 epochs=2", "128relu lr=3e-4 epochs=2"), ("adamw wd=0.1", "128relu adamw wd=0.1"),
        ])
    func suggested(line: String, nearest: String) {
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: line) }
        #expect(error?.nearest == nearest)
    }

    @Test(
        "What belongs to a layer is refused with an example of it there",
        arguments: [
            ("dropout=0.3", "dropout belongs to the layers; expected it in their word, such as 200tanh+drop0.3"),
            ("dropout=3", "dropout belongs to the layers; expected it in their word, such as 200tanh+drop0.2"),
            ("activation=swish", "activation belongs to the layers; expected it in their word, such as 200silu"),
            (
                "hidden_layer_sizes=200,100",
                "hidden_layer_sizes belongs to the layers; expected it in their word, such as 200-100"
            ),
            ("relu", "an activation apart from its layer; expected both in one word, such as 200relu"),
            ("lr=1 +drop0.2", "apart from its layer; expected layers in one word, such as 200tanh+drop0.2-64relu"),
        ])
    func misplaced(word: String, message: String) {
        let error = #expect(throws: SpecError.self) { try ExperimentSpec(parsing: "8tanh " + word) }
        #expect(error?.description == "\(word.split(separator: " ").last ?? ""): \(message)")
    }

    @Test("Every foreign word stands for one that is read, and is none itself")
    func table() {
        let vocabularies: [[String]] =
            [SpecKey.allCases.map(\.rawValue), Optimizer.Kind.allCases.map(\.rawValue)]
            + SpecSetting.all.compactMap { if case .choice(let words) = $0.kind { words } else { nil } }
            + [Activation.Kind.allCases.map(\.rawValue)]
        for (key, value) in ForeignWords.all {
            #expect(key == ForeignWords.bare(key))
            let homes = vocabularies.filter { $0.contains(value) }
            #expect(!homes.isEmpty, "\(value) is no word of the language")
            #expect(homes.allSatisfy { !$0.map(ForeignWords.bare).contains(key) }, "\(key) is such a word itself")
            for home in homes {
                let meanings = ForeignWords.all.count { $0.key == key && home.contains($0.value) }
                #expect(meanings == 1, "\(key) is there twice")
            }
        }
    }
}
