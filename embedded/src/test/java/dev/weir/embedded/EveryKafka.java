package dev.weir.embedded;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;

/** The invocations of {@link OnEveryKafka}. */
final class EveryKafka implements ClassTemplateInvocationContextProvider {
    private static final String IMAGE = "apache/kafka:4.3.1";

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        boolean hasDocker = DockerClientFactory.instance().isDockerAvailable();
        return Stream.of(new On(KafkaUnderTest.embedded(), false), new On(KafkaUnderTest.container(IMAGE), !hasDocker));
    }

    private record On(KafkaUnderTest kafka, boolean isMissing)
            implements ClassTemplateInvocationContext,
                    BeforeClassTemplateInvocationCallback,
                    AfterClassTemplateInvocationCallback,
                    ExecutionCondition,
                    ParameterResolver {
        @Override
        public String getDisplayName(int invocationIndex) {
            return kafka.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        /** Skips method by method: a class skipped whole does not show in Maven's count. */
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return isMissing && context.getTestMethod().isPresent()
                    ? ConditionEvaluationResult.disabled("no Docker engine answers: not run on " + kafka)
                    : ConditionEvaluationResult.enabled("");
        }

        @Override
        public void beforeClassTemplateInvocation(ExtensionContext context) throws Exception {
            if (!isMissing) {
                kafka.beforeAll(context);
            }
        }

        @Override
        public void afterClassTemplateInvocation(ExtensionContext context) throws Exception {
            kafka.afterAll(context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == KafkaUnderTest.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return kafka;
        }
    }
}
