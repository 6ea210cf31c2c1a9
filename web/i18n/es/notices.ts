import { vendorErrors } from './vendor-errors.ts';

/** Frases para lo que comunican el servidor y los sistemas externos, por código. */
export const notices = {
  errors: {
    ...vendorErrors,
    'session.wrong_credentials': 'El nombre o la contraseña no son correctos.',
    'session.required': 'No ha iniciado sesión o su sesión ha caducado. Vuelva a iniciar sesión.',
    'session.forbidden': 'Su cuenta no puede hacer esto. Consulte a un administrador.',
    'session.foreign_request':
      'Esta petición no venía de esta página y se ha rechazado. Recargue la página y vuelva a intentarlo.',
    'session.rate_limited': 'Demasiados intentos. Espere un minuto y vuelva a intentarlo.',
    'marketplace.signature_invalid':
      'onOffice no ha firmado esta llamada o se ha modificado por el camino. Cierre la ventana y vuelva a abrirla desde onOffice.',
    'marketplace.call_outdated':
      'Esta llamada de onOffice es demasiado antigua. Cierre la ventana y vuelva a abrirla desde onOffice.',
    'marketplace.call_used':
      'Esta llamada de onOffice ya se ha utilizado. Cierre la ventana y vuelva a abrirla desde onOffice.',
    'marketplace.call_incomplete':
      'A la llamada de onOffice le falta un dato: {{field}}. Avise a quien gestiona este servicio.',
    'marketplace.not_activated':
      'El servicio no está activado para este cliente de onOffice. Un administrador lo activa en el Marketplace de onOffice.',
    'marketplace.activation_superseded':
      'Entretanto ha terminado una activación más reciente. Aquí ya no hay nada que hacer.',
    'marketplace.key_wrong': 'onOffice no acepta esta clave API. Cópiela de nuevo, completa, del campo de arriba.',
    'connection.keys_from_activation':
      'Las claves de onOffice vienen de la activación en el Marketplace y no se introducen aquí.',
    'operator.link_invalid':
      'Este enlace ya no es válido. Solo sirve una vez; mientras no haya ninguna cuenta, el servidor muestra uno nuevo cada vez que arranca.',
    'connection.not_found': 'Esta conexión ya no existe.',
    'connection.audience_in_use': 'Otra conexión ya usa esta lista de correo. Elija otra.',
    'connection.same_account':
      'Estas claves son de una cuenta distinta de la conectada. Indique claves de la misma cuenta o cree una conexión nueva.',
    'connection.provider_fixed':
      'Esta conexión es de {{provider}}. Para otra plataforma de newsletter, cree una segunda conexión.',
    'connection.not_ready': 'La configuración de esta conexión no está terminada. Complétela primero.',
    'connection.twin':
      'Puede que otra copia de esta instalación u otro programa esté trabajando con la lista de correo. Asúmala primero.',
    'connection.not_stopped_as_twin': 'No consta que nadie más trabaje con la lista de correo: no hay nada que asumir.',
    'provider.not_available': 'Esta plataforma de newsletter todavía no se puede conectar. Elija otra.',
    'tenant.not_found': 'Ese cliente no existe.',
    'backup.already_running': 'Ya se está escribiendo una copia de seguridad. Inténtelo cuando haya terminado.',
    'person.not_found': 'Ninguno de los dos lados conoce a esa persona y no consta nada sobre ella.',
    'campaign.not_found': 'No se conoce ninguna campaña con este número.',
    'contact.not_found': 'Ese contacto no existe. Puede que todavía no se haya leído.',
    'opt_in.person_missing': 'Indique quién dio el consentimiento.',
    'opt_in.evidence_missing': 'Indique cómo se dio el consentimiento: es lo que le permitirá demostrarlo.',
    'opt_in.in_future': 'El consentimiento no puede haberse dado en el futuro.',
    'opt_in.before_opt_out':
      'La persona se dio de baja a más tardar el {{optOutAt}}, después de este consentimiento. Solo cuenta uno más reciente.',
    'opt_in.no_address': 'El contacto no tiene una dirección de correo utilizable. Indique primero una en onOffice.',
    'connection.paused': 'La conexión está en pausa. Reanúdela primero.',
    'going_back.restore': 'Se ha restaurado una copia de seguridad.',
    'going_back.long_pause': 'El conector estuvo parado más de un día.',
    'going_back.older_database': 'Se ha puesto una base de datos anterior en lugar de la que se usaba.',
    'going_back.taken_over': 'Esta copia de los datos ha asumido la lista de correo.',
    'twin.other_installation': 'La base de datos pertenece a otra instalación.',
    'twin.copied': 'La base de datos está en otro lugar que antes: se ha copiado o movido.',
    'twin.foreign_hook': 'Otra instalación, o el conector de newsletter de onOffice, atiende esta lista de correo.',
    'twin.unknown_mark': 'Otra copia de esta instalación trabaja, o ha trabajado, con la lista de correo.',
    'connection.disconnected': 'Esta conexión ha terminado. Para seguir, conecte de nuevo la lista de correo.',
    'connection.leave_not_possible':
      'En este momento no se puede sacar a nadie de la lista de correo: antes, la conexión necesita su atención. Puede desconectar y dejar la lista como está.',
    'settings.audience_was_connected':
      'Esta lista de correo ya estuvo conectada, y sus registros pertenecen a aquella conexión. Elimine esta, que está sin terminar, y elija la lista en el primer paso de una configuración nueva.',
    'erasure.raise_on_its_way':
      'Una suscripción de esta persona va camino de la plataforma. Inténtelo de nuevo en unos minutos.',
    'erasure.refused':
      'La plataforma ha rechazado dar de baja a la persona, así que no se ha borrado nada. Inténtelo de nuevo u ocúpese de ello allí.',
    'tenant.name_differs': 'El nombre no coincide. No se ha borrado nada; escríbalo exactamente así: {{name}}.',
    'operator.not_found': 'Esta cuenta ya no existe.',
    'operator.name_taken': 'Ese nombre ya lo tiene alguien. Elija otro.',
    'operator.last_administrator': 'Al menos una cuenta tiene que ser de administrador. Nombre antes a otra persona.',
    'operator.own_account': 'No puede quitar su propia cuenta. Pídaselo a otro administrador.',
    'operator.wrong_password': 'La contraseña actual no es correcta.',
    'settings.out_of_range': 'Este número no vale ({{field}}): puede ir de {{least, number}} a {{most, number}}.',
    'run.not_found': 'Esta sincronización ya no existe.',
    'run.already_running': 'Ya hay una sincronización en curso.',
    'run.not_waiting': 'Esta sincronización ya no espera ningún visto bueno.',
    'run.preview_outdated': 'Ha cambiado demasiado desde esta vista previa. Pida una nueva.',
    'tag.not_asked': 'Ya no se espera ninguna respuesta sobre esta etiqueta.',
    'tag.answer_impossible': 'Esta respuesta no sirve para esta pregunta. Elija una de las que se ofrecen.',
    'settings.field_unknown': 'El campo elegido ya no existe en la plataforma. Elija otro.',
    'settings.field_used_twice':
      'Dos campos del contacto apuntan al mismo campo de la plataforma. Elija campos distintos.',
    'settings.audience_unknown': 'La lista de correo elegida ya no existe en la plataforma. Elija otra.',
    'settings.audience_fixed':
      'La lista de correo de una conexión ya no se puede cambiar. Para otra lista, cree una conexión nueva.',
    'settings.activity_not_told': 'Esta plataforma no comunica una de las actividades elegidas.',
    'settings.consent_not_permitted': 'Su onOffice no admite este valor en el campo Newsletter. Elija el otro.',
    'input.too_large': 'Es demasiado de una vez para el servidor.',
    'input.invalid': 'Esta entrada no se puede usar: {{field}}.',
    internal: 'Algo ha fallado por nuestra parte. No se ha cambiado nada; vuelva a intentarlo.',
    not_found: 'En esta dirección no hay nada.',
    network: 'No se puede contactar con el conector. Compruebe su conexión de red y vuelva a intentarlo.',
    foreign_hook:
      'Otra instalación, o el conector de newsletter de onOffice, ya atiende esta lista de correo. Desactívelo allí primero, para que no trabajen dos programas uno contra otro; o asuma la lista de correo.',
    'webhook.unreachable':
      'La plataforma no puede llegar a la dirección de este servidor. Los cambios de allí se leerán en la próxima sincronización. Compruebe la dirección pública en la configuración del servidor.',
    'webhook.local_address':
      'Este servidor usa una dirección que solo existe en este equipo, así que la plataforma no puede avisar de los cambios. Se leerán en la próxima sincronización.',
    'webhook.missing':
      'Nuestro webhook ya no está en la plataforma. Lo que ocurra allí no se notará hasta la próxima lectura.',
    'webhook.wrong_url':
      'Nuestro webhook en la plataforma apunta a otra dirección ({{host}}). Si allí funciona una segunda copia de esta instalación, deténgala; si no, haga reparar el webhook.',
    'webhook.events_missing': 'La plataforma no avisa de todo lo que debería; falta',
    'webhook.sources_missing':
      'El webhook de la plataforma está desactivado para lo que hacen las personas o los administradores, así que no se avisa de las bajas.',
    'webhook.listens_to_programs':
      'El webhook avisa también de lo que hacen los programas a través de la API de la plataforma. Parece que lo hubieran hecho personas.',
    'webhook.doubled': 'El webhook existe {{count, number}} veces, así que todo llega repetido.',
    'webhook.foreign':
      'Otra instalación, o el conector de newsletter de onOffice, también tiene aquí un webhook ({{host}}). Desactívelo allí, para que no trabajen dos programas uno contra otro.',
  },
  journal: {
    'journal.run_started': 'Sincronización iniciada',
    'journal.run_finished': 'Sincronización terminada',
    'journal.run_failed': 'La sincronización ha fallado',
    'journal.run_cancelled': 'Sincronización cancelada',
    'journal.approved': 'Sincronización aprobada',
    'journal.connection_created': 'Conexión creada',
    'journal.disconnected': 'Conexión terminada',
    'journal.disconnected_hook_left':
      'Conexión terminada; nuestro webhook no se pudo eliminar en la plataforma. Elimínelo allí, por favor.',
    'journal.leaving': 'La conexión está terminando; miembros que salen de la lista de correo: {{count, number}}',
    'journal.left':
      'Miembros sacados de la lista de correo: {{count, number}}; rechazados por la plataforma: {{refused, number}}',
    'journal.connected_again': 'Conectado de nuevo; lo que se sabía sigue valiendo',
    'journal.person_erased': 'Datos de una persona borrados a petición suya',
    'journal.settings_saved': 'Ajustes guardados',
    'journal.webhook_created': 'Webhook creado en la plataforma',
    'journal.webhook_repaired': 'Webhook reparado en la plataforma',
    'journal.keys_renewed': 'Datos de acceso sustituidos',
    'journal.refused': 'Se ha rechazado un cambio',
    'journal.opt_out_refused':
      'Bajas que el otro lado ha rechazado: {{count, number}}. La próxima sincronización vuelve a intentarlas.',
    'journal.changes_carried_out': 'Cambios trasladados',
    'journal.recovered': 'Cambios encontrados al preguntar a la plataforma, sin webhook: {{count, number}}',
    'journal.nightly_started': 'Comparación nocturna de los dos lados iniciada',
    'journal.held_by_brake':
      'Más cambios de lo habitual a la vez: se han retenido {{count, number}}. Mire qué espera su respuesta.',
    'journal.tried_again': 'Contactos que se intentan de nuevo: {{count, number}}',
    'journal.held_decided':
      'Respuesta a cambios retenidos: {{count, number}} × «$t(operations.{{kind}}.label)», $t(held.answered.{{decision}})',
    'journal.paused': 'Sincronización en segundo plano en pausa; las bajas siguen',
    'journal.unpaused': 'La sincronización en segundo plano continúa',
    'journal.events_not_understood':
      'Webhooks que no se han entendido: {{count, number}}. Lo que comunicaban se averigua preguntando.',
    'journal.events_failed':
      'No se han podido aplicar unos webhooks. Se conservan y se vuelve a intentar en cinco minutos.',
    'journal.activities_failed': 'No se pudieron poner al día las actividades. Se intentará de nuevo en cinco minutos.',
    'journal.activities_refused': 'onOffice no acepta actividades. Esperan y se intenta de nuevo cada hora.',
    'journal.poll_failed': 'No se han podido leer los cambios. Se vuelve a intentar en cinco minutos.',
    'journal.resumed': 'La conexión continúa',
    'journal.tag_refused': 'onOffice ha rechazado la etiqueta de newsletter «{{tag}}». Créela usted allí.',
    'journal.tag_renamed_at_provider': 'Etiqueta «{{from}}» renombrada a «{{to}}» en la plataforma, como en onOffice',
    'journal.tag_renamed_in_crm': 'Etiqueta «{{from}}» renombrada a «{{to}}» en onOffice, como en la plataforma',
    'journal.tag_rename_refused_by_crm':
      'onOffice no ha permitido renombrar la etiqueta «{{from}}» a «{{to}}». Conserva dos nombres y sigue siendo una sola; renómbrela usted allí.',
    'journal.tag_rename_refused_by_provider':
      'La plataforma no ha permitido renombrar la etiqueta «{{from}}» a «{{to}}». Conserva dos nombres y sigue siendo una sola.',
    'journal.tag_name_taken':
      'No se ha podido renombrar la etiqueta «{{tag}}» a «{{wanted}}»: otra ya se llama así. Conserva dos nombres hasta que usted renombre una de ellas.',
    'journal.tag_deleted_in_crm':
      'La etiqueta «{{tag}}» se ha eliminado en onOffice. En la plataforma se queda hasta que usted diga qué hacer con ella.',
    'journal.tag_deleted_at_provider':
      'La etiqueta «{{tag}}» se ha eliminado en la plataforma. En onOffice se queda hasta que usted diga qué hacer con ella.',
    'journal.tag_to_be_deleted': 'La etiqueta «{{tag}}» se eliminará también en el otro lado',
    'journal.tag_to_be_created': 'La etiqueta «{{tag}}» se volverá a crear',
    'journal.tag_kept': 'La etiqueta «{{tag}}» se queda como está',
    'journal.tag_answer_refused':
      'Lo decidido sobre la etiqueta «{{tag}}» no se ha podido ejecutar: el otro lado lo ha rechazado. Decida de nuevo.',
    'journal.went_back':
      'Los datos guardados han vuelto a un momento anterior. Todo se lee de nuevo y nada se escribe antes de que usted lo apruebe',
    'journal.taken_over': 'Esta instalación ha asumido la lista de correo',
    'journal.twin': 'Detenida hasta que un administrador asuma la lista de correo',
    'journal.bridge_broken': 'Las cifras de los dos lados no cuadran. La próxima sincronización vuelve a contar.',
    'journal.connection_attention': 'La conexión necesita su atención',
    'journal.consent_record_head':
      'Registro de consentimiento comprobado: {{records, number}} asientos, todos íntegros; termina en {{head}}',
    'journal.consent_record_broken':
      'El registro de consentimiento ha sido manipulado: el asiento {{number}} no encaja. Ejecute «newsletter-connector consent verify».',
  },
  journalCounts: {
    added: 'añadidos: {{count, number}}',
    updated: 'actualizados: {{count, number}}',
    optOuts: 'bajas: {{count, number}}',
    created: 'creados: {{count, number}}',
    takenOut: 'sacados: {{count, number}}',
    refused: 'rechazados: {{count, number}}',
    heldBack: 'retenidos: {{count, number}}',
  },
  webhookTopics: {
    subscribed: 'altas',
    unsubscribed: 'bajas',
    complained: 'quejas por spam',
    bounced: 'direcciones que no funcionan',
    removed: 'contactos eliminados',
    edited: 'cambios en contactos',
    'address-changed': 'nuevas direcciones de correo',
    campaign: 'campañas enviadas',
    delivered: 'entregas',
    opened: 'aperturas',
    clicked: 'clics',
    'soft-bounce': 'fallos de entrega temporales',
  },
  vendorWords: 'Mensaje original: «{{words}}»',
  noticeUnknown: 'Mensaje inesperado ({{code}}).',
} as const;
