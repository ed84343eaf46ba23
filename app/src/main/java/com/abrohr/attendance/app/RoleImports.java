package com.abrohr.attendance.app;

import com.abrohr.attendance.app.settings.NodeRole;
import com.abrohr.attendance.command.WriteApiConfiguration;
import com.abrohr.attendance.edge.session.EdgeConfiguration;
import com.abrohr.attendance.edge.socketio.SocketIoTransportConfiguration;
import com.abrohr.attendance.query.ReadApiConfiguration;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Mounts what {@code attendance.roles} names; everything else every node has. */
final class RoleImports implements ImportSelector {
    private final Environment environment;

    RoleImports(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importingClass) {
        Set<NodeRole> roles =
                Binder.get(environment)
                        .bind("attendance.roles", Bindable.setOf(NodeRole.class))
                        .orElse(Set.of(NodeRole.values()));
        List<String> mounted = new ArrayList<>();
        for (NodeRole role : roles) {
            switch (role) {
                case COMMAND -> mounted.add(WriteApiConfiguration.class.getName());
                case QUERY -> mounted.add(ReadApiConfiguration.class.getName());
                case EDGE -> {
                    mounted.add(EdgeConfiguration.class.getName());
                    mounted.add(SocketIoTransportConfiguration.class.getName());
                }
            }
        }
        return mounted.toArray(String[]::new);
    }
}
