/// Small networks that together have every activation, optimizer, schedule, loss, initializer, split and option on which the
/// bits of a run could depend. Each is trained in several ways, which must come to the same weights.
package enum TrustedSpecs {
    /// In the language of specs, with three epochs at most. Batches of 40 and of 7 rows: from 32 on workers share the rows.
    package static let lines = [
        "48relu-24relu-16relu6 adam batch=40",
        "300tanh-130sigmoid adam batch=40",
        "48relu-24silu adam batch=7 loss=kl_divergence init=lecun_normal",
        "40relu-30relu adamw wd=1e-3 batch=300 scale=raw init=glorot_normal",
        "8tanh adam batch=40 val=0.2",
        "none ftrl batch=40 init=zeros",
        "20leaky_relu-20elu-20selu-20celu sgd lr=0.05 momentum=0.9 nesterov=true batch=40 init=he_uniform",
        "20gelu-20gelu_tanh-20silu-20hard_silu rmsprop batch=40 init=he_normal schedule=exponential staircase=true",
        "20hard_sigmoid-20log_sigmoid-20hard_tanh-20tanh_shrink adamw batch=40 init=lecun_uniform",
        "20soft_shrink-20softplus-20softsign adamax batch=40 init=random_normal schedule=polynomial",
        "20squareplus-20mish-20threshold nadam batch=40 init=random_uniform schedule=inverse_time decaysteps=10",
        "30sparse_sigmoid adagrad lr=0.1 batch=40 init=truncated_normal",
        "30sparse_plus-20exponential adagrad batch=40 init=variance_scaling initmode=fan_avg",
        "30linear-20hard_shrink sgd lr=0.1 batch=40 schedule=piecewise boundaries=8,20 rates=0.1,0.05,0.01",
        "30softmax adam lr=0.01 batch=40 schedule=cosine_restarts decaysteps=9",
        "30log_softmax adam lr=0.01 batch=40", "30sparsemax adam lr=0.01 batch=40",
        "40relu+bn-30tanh+bn rmsprop centered=true momentum=0.5 batch=40",
        "40relu+drop0.3-30relu+noise0.1+drop0.2 adadelta lr=1 batch=40",
        "40relu-20relu lion globalclipnorm=1 batch=40", "40relu-20relu lamb batch=40",
        "40relu-20relu muon batch=40", "40relu-20relu adafactor batch=40",
        "40relu schedule_free_adamw batch=40", "40relu adam ema=0.9 emaevery=7 clipnorm=1 batch=40",
        "40relu adam augment=affine batch=40 scale=standard", "40relu adam augment=elastic batch=40",
        "40relu-20relu adam init=orthogonal batch=40",
        "40relu-20tanh adam loss=categorical_focal_crossentropy amsgrad=true clipvalue=0.1 batch=40",
        "40relu-20tanh adam loss=mse maxnorm=2 l1=1e-5 l2=1e-4 batch=40",
        "40relu adam loss=categorical_hinge plateau=0 plateaudelta=0.05 factor=0.5 batch=40",
        "40relu adam patience=1 restore=true schedule=cosine warmup=0.5 batch=40",
        "40relu+noise0.1 sgd schedule=one_cycle lr=0.1 batch=7",
        "40relu-20tanh adam val=0.2 split=shuffled splitseed=1842 batch=40 scale=standard",
        "40relu-20relu adam val=0.2 split=stratified classweight=balanced batch=40",
        "20tanh sgd lr=0.1 loss=mse classweight=balanced batch=7",
    ].map { "\($0) epochs=3 seed=3" }
}
